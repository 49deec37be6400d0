/** Azure Bastion, which carries people to the API and the console of OpenShift by way of the machines that serve them. */
import { type ApiAccess, apiAccess, REACH_API } from '../../api-exposure/access.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { BASTION } from '../aks/api-tunnel.ts';
import { MACHINES_FOLDER } from '../machines-azure/place.ts';

export function tunnelToApi(input: ClusterInput): ApiAccess {
  const [{ name }] = input.clusters;
  return apiAccess(input, MACHINES_FOLDER, {
    made: BASTION,
    tools: ['az', 'kubectl'],
    script: SCRIPT,
    through: `Azure Bastion carries people there (\`${MACHINES_FOLDER}/api-tunnel.tf\`), to a machine of the control plane: Entra says who may, and its audit log, which lies beside that of the cluster, who did. One that several networks share does the same once they are peered.`,
    takes: [
      'The command line of Azure with its extension `bastion`.',
      'The role *Reader* on the bastion, on its network, and on the group *CLUSTER_NAME-nodes* with its machines. What you may do in the cluster is asked for beside that.',
      `For the installer, which asks for the API by its own name: \`${REACH_API} ${name} 6443\`, and the line that it prints in \`/etc/hosts\` for as long as the installer runs. The way leads to the first machine of the installation and, once that is gone, to the control plane: the script goes on by itself.`,
      `For the console and for signing in, whose names answer in that network as well: \`TO=apps ${REACH_API} ${name} 443\` beside the other session, by somebody who may open that port, and the line that it prints.`,
    ],
    patched: 'Azure runs and patches it.',
  });
}

/** Routers answer at a port of the nodes that run one of them, for the load balancer before them. */
const SCRIPT = `host="api.$name.$(value dns_zone)"
remote=6443
hosts="$host"
machines="contains(name, '-master-') || ends_with(name, '-bootstrap')"
if [ "\${TO:-api}" = apps ]; then
  apps="apps.$name.$(value dns_zone)"
  hosts="console-openshift-console.$apps oauth-openshift.$apps"
  remote="$(kubectl --namespace openshift-ingress get service router-default -o jsonpath='{.spec.ports[?(@.name=="https")].nodePort}')"
  node="$(kubectl --namespace openshift-ingress get pods -l ingresscontroller.operator.openshift.io/deployment-ingresscontroller=default -o jsonpath='{.items[0].spec.nodeName}')"
  machines="name == '$node'"
fi

if [ "$port" = 6443 ] || [ "\${TO:-api}" = apps ]; then
  echo "For as long as this runs, in /etc/hosts: 127.0.0.1 $hosts"
else
  kubectl config get-clusters | grep -xF "$name" >/dev/null ||
    { echo "kubectl does not know $name: point KUBECONFIG at what the installer wrote" >&2; exit 2; }
  kubectl config set-cluster "$name" --server="https://localhost:$port" --tls-server-name="$host" >/dev/null
  echo "kubectl reaches $name while this runs"
fi
# A tunnel ends with its machine; then another one is looked for.
while true; do
  machine="$(az vm list --resource-group "$name-nodes" --show-details --query "sort_by([?powerState=='VM running' && ($machines)], &name)[0].id" --output tsv)"
  if [ -z "$machine" ]; then
    echo "no machine of $name serves that yet; asking again" >&2
  else
    az network bastion tunnel --resource-group "$name" --name "$name-tunnel" --target-resource-id "$machine" --resource-port "$remote" --port "$port" || true
  fi
  sleep 10
done
`;
