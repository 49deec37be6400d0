/** Destinations by name, in the form that each network plugin enforces. */
import type { ICiliumNetworkPolicy } from '@kubernetes-models/cilium/cilium.io/v2';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { Edge, Peer, PodPeer, Port } from '../../network/edge.ts';

export interface NamedDestinations {
  readonly name: string;
  readonly because: string;
  readonly pods: PodPeer;
  readonly names: readonly string[];
  readonly ports: readonly Port[];
}
export type NamePolicy = (destinations: NamedDestinations) => KubernetesObject;

/** The policies of edges that name their destinations. */
export function namePolicies(edges: readonly Edge[], policy: NamePolicy): readonly KubernetesObject[] {
  return edges.flatMap(edge => {
    const names = edge.peers.flatMap((peer: Peer) => (peer.kind === 'names' ? peer.names : []));
    return names.length === 0 ? [] : [policy({ ...edge, name: `${edge.name}-by-name`, names })];
  });
}

const metadata = ({ name, because, pods: { namespace } }: NamedDestinations) => ({
  name,
  namespace,
  annotations: { 'platform/because': because },
});

/** Cilium learns the addresses of a name from the answers of the resolver, so it has to see the questions. */
export const byCilium = (destinations: NamedDestinations): ICiliumNetworkPolicy => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: metadata(destinations),
  spec: {
    endpointSelector:
      destinations.pods.labels === undefined ? {} : { matchLabels: { ...destinations.pods.labels } },
    egress: [
      {
        toEndpoints: [
          { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s-app': 'kube-dns' } },
        ],
        toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }],
      },
      {
        toFQDNs: destinations.names.map(name =>
          name.includes('*') ? { matchPattern: name } : { matchName: name },
        ),
        toPorts: [
          {
            ports: destinations.ports.map(({ port, protocol = 'TCP' }) => ({ port: String(port), protocol })),
          },
        ],
      },
    ],
  },
});

/** `networking.gke.io/v1alpha1`, which adds to what plain policies allow. */
interface FqdnNetworkPolicy extends KubernetesObject {
  readonly spec: {
    readonly podSelector: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly egress: readonly {
      readonly matches: readonly ({ readonly name: string } | { readonly pattern: string })[];
      readonly ports: readonly { readonly protocol: string; readonly port: number }[];
    }[];
  };
}

export const byGke = (destinations: NamedDestinations): FqdnNetworkPolicy => ({
  apiVersion: 'networking.gke.io/v1alpha1',
  kind: 'FQDNNetworkPolicy',
  metadata: metadata(destinations),
  spec: {
    podSelector: selectorOf(destinations.pods),
    egress: [
      {
        matches: destinations.names.map(name => (name.includes('*') ? { pattern: name } : { name })),
        ports: portsOf(destinations.ports),
      },
    ],
  },
});

/** `networking.k8s.aws/v1alpha1`, on nodes of Auto Mode alone. */
interface ApplicationNetworkPolicy extends KubernetesObject {
  readonly spec: {
    readonly podSelector: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly policyTypes: readonly ['Egress'];
    readonly egress: readonly {
      readonly to: readonly { readonly domainNames: readonly string[] }[];
      readonly ports: readonly { readonly protocol: string; readonly port: number }[];
    }[];
  };
}

export const byAutoMode = (destinations: NamedDestinations): ApplicationNetworkPolicy => ({
  apiVersion: 'networking.k8s.aws/v1alpha1',
  kind: 'ApplicationNetworkPolicy',
  metadata: metadata(destinations),
  spec: {
    podSelector: selectorOf(destinations.pods),
    policyTypes: ['Egress'],
    egress: [{ to: [{ domainNames: destinations.names }], ports: portsOf(destinations.ports) }],
  },
});

function selectorOf({ labels }: PodPeer) {
  return labels === undefined ? {} : { matchLabels: { ...labels } };
}

function portsOf(ports: readonly Port[]) {
  return ports.map(({ port, protocol = 'TCP' }) => ({ protocol, port }));
}
