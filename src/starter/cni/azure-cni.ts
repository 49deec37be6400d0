/** The network plug-ins of AKS itself: they are settings of the cluster, and differ in what enforces policies. */
import { plainPolicies } from '../network/plain-policies.ts';
import type { Cni } from './cni.ts';

const CLUSTER = 'infra/aks/cluster.tf';
const NOTHING: ReturnType<Cni['infrastructure']> = { files: new Map(), nodesWaitFor: [], addons: [] };

/** Overlay and pod subnet: the data plane is Azure's, and Calico enforces policies, run by AKS. */
function withCalico(says: string, setting: string): Cni {
  return {
    infrastructure: () => NOTHING,
    checks: [
      {
        decision: 'cni',
        says,
        command: `grep -qE '${setting}' ${CLUSTER}`,
        path: CLUSTER,
      },
      {
        decision: 'cni',
        says: 'Calico enforces network policies, not the manager of Azure that is being retired.',
        command: `grep -qE 'network_policy +=  *"calico"' ${CLUSTER}`,
        path: CLUSTER,
      },
    ],
    readingDenials: `3. Calico enforces the policies, and AKS runs it: \`kubectl -n calico-system get pods\` are all ready, or nothing new is enforced.
4. What it has made of a policy: the log of its agent on the node of the pod,
   \`kubectl -n calico-system logs --tail=50 "$(kubectl -n calico-system get pods -l k8s-app=calico-node --field-selector spec.nodeName=NODE -o name)"\`.
5. Settings of this Calico are not yours: what AKS does not offer, it puts back.`,
    namespaces: ['calico-system', 'tigera-operator'].map(name => ({
      name,
      owner: 'Azure',
      says: 'AKS runs Calico there, which enforces the network policies.',
    })),
    policies: plainPolicies,
  };
}

export const azureCniOverlay: Cni = withCalico(
  'Pods have addresses of an overlay and take none of the network.',
  'network_plugin_mode +=  *"overlay"',
);
export const azureCniPodSubnet: Cni = withCalico(
  'Pods have addresses of a subnet of their own.',
  'pod_subnet_id +=  *local.subnets.pods',
);
