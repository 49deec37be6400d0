/** Clusters that Cilium joins: how one joins, how one leaves, and how a service is called from another one. */
import { joinsMachines, nameInMesh, peersOf } from '../../cni/cilium/joined-clusters.ts';
import { encryptionOf } from '../../cni/cilium/values.ts';
import type { Runbook } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import type { Check } from '../../part.ts';
import { notFound, triedBetween, wayBetweenHosts } from './way.ts';

const VALUES = 'platform/cilium/values.yaml';

export const JOIN_ALERT = {
  alert: 'ClusterOutOfReach',
  expr: 'min by (target_cluster) (cilium_clustermesh_remote_cluster_readiness_status) < 1',
  lasting: '10m',
  severity: 'critical',
  summary: 'A node has lost a cluster that this one is joined to.',
  description:
    'Calls to services there go to the pods that were known last; pods that start or move there are not seen.',
  runbook: 'clusters',
} as const;

export function joinChecks(input: ModuleInput): readonly Check[] {
  return [
    {
      decision: 'mesh',
      says: 'Every cluster has a number of its own, the same in its inventory and in what is delivered to it.',
      command: input.clusters
        .map(
          ({ name }, index) =>
            `grep -qx 'CLUSTER_ID=${index + 1}' infra/hosts/${name}.conf && grep -rqE '^ +id: ${index + 1}$' clusters/${name}`,
        )
        .join(' && '),
      path: VALUES,
    },
    {
      decision: 'mesh',
      says: 'Joined clusters look for one another where the inventories say that they answer.',
      command: input.clusters
        .flatMap(cluster =>
          peersOf(input, cluster).map(
            ({ name }) =>
              `grep -rqF "$(${readAddress(input)} infra/hosts/${name}.conf)" clusters/${cluster.name}`,
          ),
        )
        .join(' && '),
      path: VALUES,
    },
    {
      decision: 'mesh',
      says: 'The clusters of an environment see one another.',
      command:
        'kubectl -n kube-system exec daemonset/cilium -c cilium-agent -- cilium-dbg status --all-clusters',
      path: VALUES,
    },
  ];
}

/** The one address, or that of the first machine of the role. */
const readAddress = (input: ModuleInput): string =>
  joinsMachines(input) ? `awk '$4 == "system" { print $2; exit }'` : "sed -n 's/^MESH_ADDRESS=//p'";

export function joinPage(input: ModuleInput): Runbook {
  const byKey = encryptionOf(input) === 'ipsec';
  const rows = input.clusters.map((cluster, index) => {
    const peers = peersOf(input, cluster).map(peer => `\`${nameInMesh(input, peer)}\``);
    return `| \`${cluster.name}\` | \`${nameInMesh(input, cluster)}\` | ${index + 1} | ${cluster.vpcCidr} | ${peers.length === 0 ? 'none' : peers.join(', ')} |`;
  });
  const [first] = input.clusters.filter(each => peersOf(input, each).length > 0);
  const [peer] = first === undefined ? [] : peersOf(input, first);
  const caller = first === undefined ? 'production' : nameInMesh(input, first);
  return {
    id: 'clusters',
    title: 'Clusters that Cilium joins',
    text: `| Cluster | What Cilium calls it | Number | Network | Joined to |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

A number is part of every identity: it is given once, from 1 to 255, and never again to another cluster. Cilium takes names of 32 characters at
most, so a longer one is cut, and ends in that number. What each cluster is joined to stands as a
patch of the release \`cilium\` in \`clusters/NAME\`; numbers, names and addresses stand in \`infra/hosts/NAME.conf\` as well.

## What has to be true between them

${wayBetweenHosts(input)}
- All run the same minor of Cilium, or neighbours while it is raised.
- The clusters of an environment share an authority${byKey ? ' and the key that IPsec derives all others from' : ''}, and no two environments do.

## The authority

Made once for each environment, before its first cluster, and kept where keys of the house are kept. Scripts read it from the folder that
\`MESH_AUTHORITY\` names; it is never committed.

\`\`\`sh
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=Cilium CA" -keyout "$MESH_AUTHORITY/ca.key" -out "$MESH_AUTHORITY/ca.crt"
\`\`\`

Certificates under it live for a year and are made anew every two months. A new authority: replace the Secret \`cilium-ca\` in all clusters of the
environment within the hour, then in each

\`\`\`sh
kubectl -n kube-system create job --from=cronjob/clustermesh-apiserver-generate-certs certificates-of-clusters
kubectl -n kube-system create job --from=cronjob/hubble-generate-certs certificates-of-hubble
kubectl -n kube-system rollout restart deployment/clustermesh-apiserver daemonset/cilium deployment/hubble-relay
\`\`\`

Until the last one is done, clusters go on with what they knew of one another.

${byKey ? KEY : ''}## Calling a service of another cluster

Nothing is shared until three things say so, in every cluster that takes part:

1. The namespace: \`clustermesh.cilium.io/global: "true"\` among its annotations.
2. The Service, with the same name in the same namespace: \`service.cilium.io/global: "true"\`. Its pods are then those of all clusters;
   \`service.cilium.io/affinity: local\` keeps calls at home while there are pods at home.
3. Both ends by a policy that names the cluster: a policy that names none means its own. For callers in \`CALLER\`:

\`\`\`yaml
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: calls-from-${caller}
  namespace: demo
spec:
  endpointSelector: {matchLabels: {app.kubernetes.io/name: demo-web}}
  ingress:
    - fromEndpoints:
        - matchLabels:
            k8s:io.kubernetes.pod.namespace: CALLER
            io.cilium.k8s.policy.cluster: ${caller}
\`\`\`

It lies in \`${peer?.name ?? 'production'}\`; the egress of the caller has its twin, with \`toEndpoints\`. The entity \`remote-node\` means hosts of every joined cluster:
who lets nodes in lets those in as well.

## A cluster joins

1. It was installed with its number and its authority: \`kubectl -n kube-system get configmap cilium-config -o jsonpath='{.data.cluster-id}'\`. A cluster
   that has another number is drained of workloads first: every pod has to start again after a change.
2. Try the way: ${triedBetween(input)}.
3. Add each to the other under \`clustermesh.config.clusters\` in the patch of \`clusters/NAME\`, both in one pull request.
4. \`kubectl -n kube-system exec daemonset/cilium -c cilium-agent -- cilium-dbg status --all-clusters\` says \`ready\` for each.

## A cluster leaves

1. Take the annotation of shared Services away in it first, and see that callers elsewhere still have pods: \`kubectl -n NAMESPACE get endpointslices\` at home.
2. Take its policies by name of cluster out of the others.
3. Take it out of \`clustermesh.config.clusters\` of all others, and them out of its own, in one pull request. Agents forget it within a minute.
4. Its number is not given again while a volume, a log or a policy still holds its identities; take the next one.

## The alert

- *ClusterOutOfReach*: \`cilium-dbg status --all-clusters\` on the node says what failed. ${notFound(input)} Only some nodes: a host of this cluster is not let through.
`,
  };
}

/** https://docs.cilium.io/en/stable/security/network/encryption-ipsec/#key-rotation */
const KEY = `## The key of IPsec

Made once for each environment, in the same folder. Nodes derive the key of each way between two of them from it, so all clusters need the same:

\`\`\`sh
(umask 077 && printf '3+ rfc4106(gcm(aes)) %s 128' "$(openssl rand -hex 20)" >"$MESH_AUTHORITY/ipsec-keys")
\`\`\`

Every three months another one takes its place, while no cluster is being upgraded. The same line with the next number in the place of \`3\`, and 1 after 15; then,
in each cluster of the environment and in all of them within the hour for which nodes know both:

\`\`\`sh
kubectl -n kube-system create secret generic cilium-ipsec-keys --from-file=keys="$MESH_AUTHORITY/ipsec-keys" --dry-run=client -o yaml |
  kubectl apply --server-side --force-conflicts --field-manager=ipsec-keys -f -
kubectl -n kube-system exec daemonset/cilium -c cilium-agent -- cilium-dbg encrypt status
\`\`\`

*Keys in use* doubles for that hour. \`cilium encryption rotate-key\` is not for joined clusters: it makes a key in one of them that the others do not know.

`;
