/** GKE Dataplane V2: part of the cluster, always enforcing; what it denies is logged. */
import { byGke, namePolicies } from '../egress/dns-policy/policies.ts';
import { plainPolicies } from '../network/plain-policies.ts';
import type { Cni } from './cni.ts';
import { entityPolicies, NETWORK_LOGGING } from './gke-dataplane-v2/policies.ts';

export const gkeDataplaneV2: Cni = {
  infrastructure: () => ({ files: new Map(), nodesWaitFor: [], addons: [] }),
  contribution: () => ({
    config: [
      {
        id: 'network-logging',
        decision: 'cni',
        says: 'Connections that a policy denies are logged, with both ends and without content; allowed ones only where a policy asks.',
        objects: { default: [NETWORK_LOGGING] },
      },
    ],
  }),
  checks: [
    {
      decision: 'cni',
      says: 'Denied connections are logged.',
      command: `grep -A1 '^    deny:$' platform-config/base/network-logging/default.yaml | grep -q 'log: true'`,
      path: 'platform-config/base/network-logging/default.yaml',
    },
    {
      decision: 'cni',
      says: 'Policies that name the control plane and the nodes are understood by the cluster.',
      command: `grep -qE '^ +enable_cilium_clusterwide_network_policy += true$' infra/gke/cluster.tf`,
      path: 'infra/gke/cluster.tf',
    },
  ],
  readingDenials: `3. The denial itself, with both ends and the port:
   \`gcloud logging read 'resource.type="k8s_node" AND logName:policy-action AND jsonPayload.disposition="deny"' --freshness=1h --limit=20\`.
4. Which policies met the packet stands in the entry under \`policies\`; none means that only default-deny did.
5. Neither nodes nor the control plane are addresses to this plugin: a range never meets them. What pods say to them is allowed by
   \`kubectl get ciliumclusterwidenetworkpolicies\`.`,
  policies: (edges, addresses) => [
    ...plainPolicies(edges, addresses),
    ...entityPolicies(edges),
    ...namePolicies(edges, byGke),
  ],
};
