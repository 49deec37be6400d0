/** Names of what joins clusters of Istio, which several of its files need. */
import type { PodPeer } from '../../network/edge.ts';

/** The release, its namespace and its folder. */
export const EAST_WEST = 'istio-eastwest';
/** As the chart labels its pods. */
export const EAST_WEST_LABELS = { istio: 'eastwest' } as const;
export const EAST_WEST_PODS = {
  kind: 'pods',
  namespace: EAST_WEST,
  labels: EAST_WEST_LABELS,
} as const satisfies PodPeer;
/** Where it takes calls of other clusters, by the name of the service in the handshake alone. */
export const CROSSING = 15443;
/** Says of a namespace of the control plane, a Service and a pod which network they are in. */
export const NETWORK_LABEL = 'topology.istio.io/network';
