/** What a NetworkPolicy cannot say to Dataplane V2: nodes and the control plane are no addresses to it. */
import type { ICiliumClusterwideNetworkPolicy } from '@kubernetes-models/cilium/cilium.io/v2';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { Edge, Peer } from '../../network/edge.ts';
import { OF_NAMESPACE } from '../../network/namespace.ts';

type Spec = NonNullable<ICiliumClusterwideNetworkPolicy['spec']>;
type Entity = 'host' | 'kube-apiserver' | 'remote-node';

/** Beside the plain policy of each edge that has such a peer. */
export function entityPolicies(edges: readonly Edge[]): readonly ICiliumClusterwideNetworkPolicy[] {
  return edges.flatMap(edge => {
    const entities = edge.peers.flatMap(entitiesOf);
    return entities.length === 0 ? [] : [policy(edge, [...new Set(entities)])];
  });
}

function entitiesOf({ kind }: Peer): readonly Entity[] {
  if (kind === 'api-server') return ['kube-apiserver'];
  return kind === 'nodes' ? ['host', 'remote-node'] : [];
}

function policy(edge: Edge, entities: readonly Entity[]): ICiliumClusterwideNetworkPolicy {
  const { name, because, direction } = edge;
  const { namespace } = edge.pods;
  const toPorts: NonNullable<NonNullable<Spec['egress']>[number]['toPorts']> = [
    { ports: edge.ports.map(({ port, protocol = 'TCP' }) => ({ port: String(port), protocol })) },
  ];
  const matchLabels = {
    'k8s:io.kubernetes.pod.namespace': namespace,
    ...edge.pods.labels,
  };
  return {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumClusterwideNetworkPolicy',
    metadata: {
      name: `${namespace}-${name}`,
      labels: { [OF_NAMESPACE]: namespace },
      annotations: { 'platform/because': because },
    },
    spec: {
      endpointSelector: { matchLabels },
      ...(direction === 'ingress'
        ? { ingress: [{ fromEntities: [...entities], toPorts }] }
        : { egress: [{ toEntities: [...entities], toPorts }] }),
    },
  };
}

/** `networking.gke.io/v1alpha1`; GKE makes one of this name, and there is no other. */
export interface NetworkLogging extends KubernetesObject {
  readonly apiVersion: 'networking.gke.io/v1alpha1';
  readonly kind: 'NetworkLogging';
  readonly metadata: { readonly name: 'default' };
  readonly spec: {
    readonly cluster: Readonly<
      Record<'allow' | 'deny', { readonly log: boolean; readonly delegate: boolean }>
    >;
  };
}

export const NETWORK_LOGGING: NetworkLogging = {
  apiVersion: 'networking.gke.io/v1alpha1',
  kind: 'NetworkLogging',
  metadata: { name: 'default' },
  spec: { cluster: { allow: { log: false, delegate: false }, deny: { log: true, delegate: false } } },
};
