/** What holds of OpenShift wherever it runs: namespaces that it brings, who resolves names, and where its platform may run. */
import type { Foundation, GivenNamespace } from '../../foundation.ts';
import type { PeerAddresses } from '../../network/edge.ts';

export const GIVEN: readonly GivenNamespace[] = [
  ['openshift-ingress', 'The router of OpenShift; the certificate of its own names is put there.'],
  ['openshift-ingress-operator', 'The operator of the router, which is told of it there.'],
  ['openshift-monitoring', 'The monitoring of OpenShift, which is told there what it keeps.'],
  ['openshift-user-workload-monitoring', 'The Prometheus that reads everything in this repository.'],
  ['kube-system', 'Parts of Kubernetes itself.'],
].map(([name = '', says = '']) => ({ name, owner: 'platform', says }));

export const RESOLVER: NonNullable<PeerAddresses['resolvers']>[number] = {
  kind: 'pods',
  namespace: 'openshift-dns',
  labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
  port: 5353,
};

export function withControlPlane({
  nodeSelector,
  tolerations,
}: Foundation['systemPool']): Foundation['systemPool'] {
  return {
    nodeSelector,
    tolerations: [
      ...tolerations,
      // The control plane is for nothing else unless it is the only place.
      { key: 'node-role.kubernetes.io/master', operator: 'Exists', effect: 'NoSchedule' },
    ],
  };
}
