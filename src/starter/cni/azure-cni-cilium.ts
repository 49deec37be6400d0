/** Azure CNI powered by Cilium: AKS runs the data plane, and its settings are not to be changed by anybody else. */
import { ciliumPolicies } from './cilium/policies.ts';
import type { Cni } from './cni.ts';

const CLUSTER = 'infra/aks/cluster.tf';

export const azureCniCilium: Cni = {
  infrastructure: () => ({ files: new Map(), nodesWaitFor: [], addons: [] }),
  checks: [
    {
      decision: 'cni',
      says: 'The data plane is Cilium, and it enforces network policies.',
      command: `grep -qiE 'network_?policy +=  *"cilium"' ${CLUSTER}`,
      path: CLUSTER,
    },
  ],
  readingDenials: `3. Cilium matches nodes and the API server as what they are and not by address, so such an edge has a second policy:
   \`kubectl -n NAMESPACE get ciliumnetworkpolicies\`. Other clouds' advice to name an address range does nothing here.
4. What the agent on the node of the pod drops: \`kubectl -n kube-system exec ds/cilium -- cilium-dbg monitor --type drop\`, on the node
   of the pod. Settings of Cilium are not yours: what AKS does not offer, it puts back.
5. A name or a path in a policy does nothing without Advanced Container Networking Services, which is paid for per node.`,
  policies: ciliumPolicies,
};
