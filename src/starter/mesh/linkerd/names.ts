/** Names of Linkerd that several of its files need. */
import type { PodPeer } from '../../network/edge.ts';

/** The release, its namespace and its folder. */
export const LINKERD = 'linkerd';
export const LINKERD_CNI = 'linkerd-cni';
/** Everything between proxies comes in here, whatever port the workload listens at. */
export const INBOUND = 4143;
/** Where a proxy is measured and probed. */
export const ADMIN = 4191;
/** Identity, destinations and policies: what every proxy asks the control plane for. */
export const CONTROL_PORTS = [8080, 8086, 8090] as const;
export const CONTROL_PLANE: PodPeer = { kind: 'pods', namespace: LINKERD };
/** Only pods of such namespaces are held up when the injector is away. */
export const MEMBER = { label: 'mesh', value: LINKERD } as const;
/** What joins clusters: its release, its namespace, its folder. */
export const MULTICLUSTER = 'linkerd-multicluster';
/** Takes the calls of other clusters; its Deployment, its Service and its account. */
export const GATEWAY = 'linkerd-gateway';
export const GATEWAY_PODS = {
  kind: 'pods',
  namespace: MULTICLUSTER,
  labels: { app: GATEWAY },
} as const satisfies PodPeer;
/** Ask the API of another cluster for its services, a Deployment for each. */
export const CONTROLLERS = {
  kind: 'pods',
  namespace: MULTICLUSTER,
  labels: { component: 'controller' },
} as const satisfies PodPeer;
