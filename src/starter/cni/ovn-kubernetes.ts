/** OVN-Kubernetes: the network of OpenShift, which its installer sets up and its own operator keeps. */
import { INSTALL_CONFIG } from '../control-plane/openshift/install.ts';
import { plainPolicies } from '../network/plain-policies.ts';
import type { Cni } from './cni.ts';

export const ovnKubernetes: Cni = {
  infrastructure: () => ({ files: new Map(), nodesWaitFor: [], addons: [] }),
  checks: [],
  contribution: () => ({
    checks: [
      {
        decision: 'cni',
        says: 'The installer is told of the network that OpenShift comes with.',
        command: `grep -q 'networkType: OVNKubernetes' ${INSTALL_CONFIG}`,
        path: INSTALL_CONFIG,
      },
      {
        decision: 'cni',
        says: 'The operator of the network is content.',
        command: 'kubectl wait --for=condition=Available clusteroperator/network --timeout=5m',
        path: INSTALL_CONFIG,
      },
    ],
  }),
  readingDenials: `3. Is it a policy at all: \`kubectl -n NAMESPACE annotate namespace NAMESPACE k8s.ovn.org/acl-logging='{"deny": "info"}'\` has each packet that is
   denied there written down, and \`oc adm node-logs NODE --path=ovn/acl-audit-log.log | tail\` shows them, with the policy. Take the annotation
   away afterwards.
4. A connection that begins on a host, the router and the API server among them, comes to a pod from the network of hosts: policies name that by the label
   \`policy-group.network.openshift.io/host-network\` of a namespace, and not by the addresses of hosts.
5. Names do not resolve: pods of the resolver listen on 5353 behind the port 53 of their Service, and a policy has to allow both.`,
  policies: plainPolicies,
};
