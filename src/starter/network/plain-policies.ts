/** Edges as NetworkPolicies of Kubernetes itself, one per edge. */
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import type { Edge, Peer, PeerAddresses, Port } from './edge.ts';

type Spec = NonNullable<INetworkPolicy['spec']>;
type PolicyPeer = NonNullable<NonNullable<Spec['ingress']>[number]['from']>[number];

export function plainPolicies(edges: readonly Edge[], addresses: PeerAddresses): readonly INetworkPolicy[] {
  return edges.flatMap(edge => {
    const peers = [...edge.peers, ...relaysOf(edge, addresses)].flatMap(peer => peerOf(peer, addresses));
    // A rule without peers would let everybody in; what cannot be said in this form is left to the plugin's own.
    return peers.length === 0 ? [] : [plainPolicy(edge, peers, addresses)];
  });
}

function plainPolicy(edge: Edge, peers: PolicyPeer[], addresses: PeerAddresses): INetworkPolicy {
  const ports = portsOf(edge, addresses).map(({ port, protocol = 'TCP' }) => ({ port, protocol }));
  const podSelector = edge.pods.labels === undefined ? {} : { matchLabels: { ...edge.pods.labels } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: edge.name,
      namespace: edge.pods.namespace,
      annotations: { 'platform/because': edge.because },
    },
    spec:
      edge.direction === 'ingress'
        ? { podSelector, policyTypes: ['Ingress'], ingress: [{ from: peers, ports }] }
        : { podSelector, policyTypes: ['Egress'], egress: [{ to: peers, ports }] },
  };
}

/** The API server is named by the port of its Service; behind that it may listen on another one. */
export function portsOf(
  { direction, peers, ports }: Edge,
  { apiServerPorts = [] }: PeerAddresses,
): readonly Port[] {
  const toApiServer = direction === 'egress' && peers.some(({ kind }) => kind === 'api-server');
  return toApiServer ? [...ports, ...apiServerPorts.map(port => ({ port }))] : ports;
}

function relaysOf({ direction, peers }: Edge, { apiServerRelays = [] }: PeerAddresses): readonly Peer[] {
  return direction === 'ingress' && peers.some(({ kind }) => kind === 'api-server') ? apiServerRelays : [];
}

function peerOf(peer: Peer, addresses: PeerAddresses): PolicyPeer[] {
  switch (peer.kind) {
    case 'pods':
      return [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } },
          ...(peer.labels === undefined ? {} : { podSelector: { matchLabels: { ...peer.labels } } }),
        },
      ];
    case 'every-pod':
      return [{ namespaceSelector: {} }];
    case 'labelled-namespaces':
      return [{ namespaceSelector: { matchLabels: { [peer.label]: peer.value } } }];
    case 'api-server':
      return addresses.apiServer.map(cidr => ({ ipBlock: { cidr } }));
    case 'nodes':
      return addresses.nodes.map(cidr => ({ ipBlock: { cidr } }));
    case 'identity-agent':
      return addresses.identityAgent === null ? [] : [{ ipBlock: { cidr: addresses.identityAgent } }];
    case 'gateway':
    case 'names':
      return [];
    case 'anywhere':
      return [
        {
          ipBlock: {
            cidr: '0.0.0.0/0',
            ...(addresses.notAnywhere === undefined ? {} : { except: [...addresses.notAnywhere] }),
          },
        },
      ];
    case 'range':
      return [{ ipBlock: { cidr: peer.cidr } }];
  }
}
