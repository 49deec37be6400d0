/** A small machine by which Identity-Aware Proxy carries people to the API and the console of OpenShift. */
import { hcl } from '../../../files/hcl.ts';
import { type ApiAccess, apiAccess, REACH_API } from '../../api-exposure/access.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { tunnelMachine } from '../gke/api-tunnel.ts';
import { FOLDER } from '../machines-gcp/settings.ts';

export function tunnelToApi(input: ClusterInput): ApiAccess {
  const [{ name }] = input.clusters;
  return apiAccess(input, FOLDER, {
    made: tunnelMachine(hcl`var.admin_members`),
    tools: ['gcloud', 'kubectl', 'ssh'],
    reads: { project: 'project_id' },
    script: SCRIPT,
    through: `Identity-Aware Proxy of Google carries people there through a small machine (\`${FOLDER}/api-tunnel.tf\`), which has no public address and no account: IAM says who may, and the audit log who did.`,
    takes: [
      'The Google Cloud CLI, and SSH.',
      'To be one of `admin_members`: they may open the tunnel, sign in to that machine without rights on it, and look for it.',
      `For the installer, which asks for the API by its own name: \`${REACH_API} ${name} 6443\`, and the line that it prints in \`/etc/hosts\` for as long as the installer runs.`,
      `For the console and for signing in, whose names answer in that network as well: \`TO=apps ${REACH_API} ${name} 443\` beside the other session, by somebody who may open that port, and the line that it prints.`,
    ],
    patched: `Its system takes new versions by itself and starts with them: \`gcloud compute instances reset CLUSTER_NAME-tunnel --zone ZONE\` every month. \`tofu -chdir=${FOLDER} apply -replace=google_compute_instance.tunnel\` with the values of the cluster makes it anew.`,
  });
}

const SCRIPT = `zone_of_names="$(value dns_zone_name)"
domain="$(gcloud dns managed-zones describe "\${zone_of_names:-platform}" --project "$project" --format 'value(dnsName)')"
domain="$name.\${domain%.}"
host="api.$domain"
remote=6443
hosts="$host"
if [ "\${TO:-api}" = apps ]; then
  host="console-openshift-console.apps.$domain"
  hosts="$host oauth-openshift.apps.$domain"
  remote=443
fi
zone="$(gcloud compute instances list --project "$project" --filter "name=$name-tunnel AND status=RUNNING" --format 'value(zone.basename())')"
[ -n "$zone" ] || { echo "the machine $name-tunnel does not run" >&2; exit 1; }

if [ "$port" = "$remote" ]; then
  echo "For as long as this runs, in /etc/hosts: 127.0.0.1 $hosts"
else
  kubectl config get-clusters | grep -xF "$name" >/dev/null ||
    { echo "kubectl does not know $name: point KUBECONFIG at what the installer wrote" >&2; exit 2; }
  kubectl config set-cluster "$name" --server="https://localhost:$port" --tls-server-name="$host" >/dev/null
  echo "kubectl reaches $name while this runs"
fi
exec gcloud compute ssh "$name-tunnel" --project "$project" --zone "$zone" --tunnel-through-iap -- -N -L "$port:$host:$remote"
`;
