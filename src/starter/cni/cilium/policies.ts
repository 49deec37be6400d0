/** Edges as Cilium enforces them: the form of Kubernetes, and beside it Cilium's own for ends that no range of addresses meets. */
import type { ICiliumNetworkPolicy } from '@kubernetes-models/cilium/cilium.io/v2';
import { byCilium, namePolicies } from '../../egress/dns-policy/policies.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { Edge, Peer, PeerAddresses } from '../../network/edge.ts';
import { plainPolicies, portsOf } from '../../network/plain-policies.ts';

type Entity = 'host' | 'remote-node' | 'kube-apiserver' | 'ingress';

/** Scanners and other plugins read the plain form; where both speak of the same peers, each allows what the other does. */
export function ciliumPolicies(
  edges: readonly Edge[],
  addresses: PeerAddresses,
): readonly KubernetesObject[] {
  return [
    ...plainPolicies(edges, addresses),
    ...edges.flatMap((edge): readonly ICiliumNetworkPolicy[] => {
      const entities = [...new Set(edge.peers.flatMap(peer => entitiesOf(peer, edge.direction)))];
      return entities.length === 0 ? [] : [ownPolicy(edge, entities, addresses)];
    }),
    ...namePolicies(edges, byCilium),
  ];
}

function ownPolicy(edge: Edge, entities: Entity[], addresses: PeerAddresses): ICiliumNetworkPolicy {
  const { name, because, pods, direction } = edge;
  const toPorts = [
    {
      ports: portsOf(edge, addresses).map(({ port, protocol = 'TCP' }) => ({ port: String(port), protocol })),
    },
  ];
  const endpointSelector = pods.labels === undefined ? {} : { matchLabels: { ...pods.labels } };
  return {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name, namespace: pods.namespace, annotations: { 'platform/because': because } },
    spec:
      direction === 'ingress'
        ? { endpointSelector, ingress: [{ fromEntities: entities, toPorts }] }
        : { endpointSelector, egress: [{ toEntities: entities, toPorts }] },
  };
}

/** A call of the API server may come through the node that it or the webhook's Service was reached by. */
function entitiesOf({ kind }: Peer, direction: Edge['direction']): readonly Entity[] {
  switch (kind) {
    case 'api-server':
      return direction === 'ingress' ? ['kube-apiserver', 'remote-node', 'host'] : ['kube-apiserver'];
    case 'nodes':
      return ['host', 'remote-node'];
    case 'identity-agent':
      return ['host'];
    case 'gateway':
      return ['ingress'];
    default:
      return [];
  }
}
