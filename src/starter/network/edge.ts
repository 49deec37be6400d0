/** What must reach what, before any network plugin's form: the model of the traffic that is allowed. */

/** Pods of one namespace; without labels all of them. */
export interface PodPeer {
  readonly kind: 'pods';
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
}
export type Peer =
  | PodPeer
  /** Any pod of any namespace. */
  | { readonly kind: 'every-pod' }
  /** Namespaces that carry this label. */
  | { readonly kind: 'labelled-namespaces'; readonly label: string; readonly value: string }
  /** Proxies of the gateway where the network plugin is the gateway: they are no pods. */
  | { readonly kind: 'gateway' }
  | { readonly kind: 'api-server' }
  /** Kubelets and pods in the host's network. */
  | { readonly kind: 'nodes' }
  /** The agent that hands out cloud credentials to pods. */
  | { readonly kind: 'identity-agent' }
  /** Addresses outside the cluster; policies by name of host are not within a plain NetworkPolicy. */
  | { readonly kind: 'anywhere' }
  /** Names outside the cluster, `*` for one label: where the network plugin has policies for that. */
  | { readonly kind: 'names'; readonly names: readonly string[] }
  /** A fixed range that is neither a pod's nor the provider's. */
  | { readonly kind: 'range'; readonly cidr: string };

export interface Port {
  readonly port: number;
  readonly protocol?: 'TCP' | 'UDP';
}

export interface Edge {
  /** The policy's name within the namespace. */
  readonly name: string;
  /** The folder under platform/ or apps/base/ that the policy lies in. */
  readonly owner: string;
  readonly because: string;
  readonly pods: PodPeer;
  readonly direction: 'ingress' | 'egress';
  readonly peers: readonly Peer[];
  readonly ports: readonly Port[];
}

/** Who resolves names: pods, or an address that a node answers at. */
export type Resolver =
  | (PodPeer & {
      /** Where its pods listen behind the port of its Service, if elsewhere. */
      readonly port?: number;
    })
  | { readonly kind: 'address'; readonly cidr: string };

/** The resolver that most clusters bring along, as pods. */
export const CLUSTER_RESOLVER: PodPeer = {
  kind: 'pods',
  namespace: 'kube-system',
  labels: { 'k8s-app': 'kube-dns' },
};

export function resolversOf({ resolvers = [] }: PeerAddresses): readonly Resolver[] {
  return [CLUSTER_RESOLVER, ...resolvers];
}

/** Addresses of the peers that are no pods, as CIDRs; may hold `${…}` variables of the cluster. */
export interface PeerAddresses {
  readonly apiServer: readonly string[];
  /** Ports that it listens on where its Service's 443 is not one of them; a plugin may judge a packet after that is translated. */
  readonly apiServerPorts?: readonly number[];
  /** Who passes on what the API server asks of webhooks, where it does not come to them itself. */
  readonly apiServerRelays?: readonly Peer[];
  readonly nodes: readonly string[];
  readonly identityAgent: string | null;
  /** Addresses that pods do not reach where they may reach anything: what a node itself asks of its cloud. */
  readonly notAnywhere?: readonly string[];
  /** Where services of the cloud answer in a network without a way out. */
  readonly servicesWithin?: readonly string[];
  /** Whom every pod may ask for addresses beside the resolver of the cluster. */
  readonly resolvers?: readonly Resolver[];
}
