/** How policies name what comes from the network of hosts: the router and the API server among it. */
import type { Peer } from '../../network/edge.ts';

/** OVN-Kubernetes gives it addresses of pods, and one namespace with this label. */
export const HOST_NETWORK: Peer = {
  kind: 'labelled-namespaces',
  label: 'policy-group.network.openshift.io/host-network',
  value: '',
};
