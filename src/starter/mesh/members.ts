/** Who is in the mesh, and what that makes of the traffic between them. */
import type { Contribution, NamespaceSpec } from '../contribution.ts';
import type { Edge, Peer, PodPeer } from '../network/edge.ts';
import type { WayIn } from '../way-in.ts';

type Whole = Required<Contribution>;

/** Pods that are in the mesh: namespaces as a whole, and proxies that speak its language without being marked. */
export interface Members {
  readonly namespaces: readonly string[];
  readonly natives: readonly PodPeer[];
  /** Labels of namespaces whose workloads are let in from outside: all of them are in the mesh. */
  readonly letIn: Readonly<Record<string, string>>;
}

/** Namespaces of teams, and that of the proxies unless they are `natives`. The platform itself stays outside. */
export function membersOf(whole: Whole, wayIn: WayIn | null, natives: readonly PodPeer[]): Members {
  const teams = whole.namespaces.filter(({ quota }) => quota !== null).map(({ name }) => name);
  const proxies = wayIn?.proxies ?? null;
  const home = whole.namespaces.find(({ name }) => name === proxies?.namespace);
  // What a cloud makes with settings of its own takes no proxy of the mesh beside it.
  const outside = proxies === null || natives.length > 0 || home?.podSecurity === 'privileged';
  const marked = outside || proxies === null ? [] : [proxies.namespace];
  return { namespaces: [...teams, ...marked], natives, letIn: wayIn?.namespaceLabels ?? {} };
}

export function marked(
  namespaces: readonly NamespaceSpec[],
  members: Members,
  mark: (name: string) => Pick<NamespaceSpec, 'labels' | 'annotations'>,
): readonly NamespaceSpec[] {
  return namespaces.map(spec => {
    if (!members.namespaces.includes(spec.name)) return spec;
    const { labels = {}, annotations = {} } = mark(spec.name);
    return {
      ...spec,
      labels: { ...spec.labels, ...labels },
      annotations: { ...spec.annotations, ...annotations },
    };
  });
}

/** Between members everything goes through one port of their proxies, whatever port the workload listens at. */
export function throughPort(edges: readonly Edge[], members: Members, port: number): readonly Edge[] {
  return edges.flatMap(edge => {
    const inside = insideOf(edge, members);
    const plain = edge.ports.filter(({ protocol }) => protocol === 'UDP');
    if (inside.length === 0 || plain.length === edge.ports.length) return [edge];
    const outside = edge.peers.filter(peer => !inside.includes(peer));
    return [
      ...(outside.length === 0 ? [] : [{ ...edge, peers: outside }]),
      {
        ...edge,
        name: outside.length === 0 ? edge.name : `${edge.name}-in-mesh`,
        peers: inside,
        ports: [{ port }, ...plain],
      },
    ];
  });
}

/** A port of some pods, who may come to it with an identity, and whether others may come without one. */
export interface Admission {
  readonly pods: PodPeer;
  readonly port: number;
  /** Namespaces of the mesh. */
  readonly from: readonly string[];
  readonly anybody: 'yes' | 'no';
}

/** What the edges say of ports in marked namespaces: policies of the mesh allow the same as those of the network. */
export function admissions(edges: readonly Edge[], members: Members): readonly Admission[] {
  const found = new Map<string, Admission>();
  for (const edge of edges) {
    if (edge.direction !== 'ingress' || !members.namespaces.includes(edge.pods.namespace)) continue;
    const inside = insideOf(edge, members);
    const from = inside.flatMap(peer => (peer.kind === 'pods' ? [peer.namespace] : members.namespaces));
    for (const { port, protocol } of edge.ports) {
      if (protocol === 'UDP') continue;
      const key = JSON.stringify([edge.pods, port]);
      const before = found.get(key);
      found.set(key, {
        pods: edge.pods,
        port,
        from: [...new Set([...(before?.from ?? []), ...from])].sort(),
        anybody: before?.anybody === 'yes' || inside.length < edge.peers.length ? 'yes' : 'no',
      });
    }
  }
  return [...found.values()];
}

/** Which peers of the edge meet its pods within the mesh. */
function insideOf({ pods, peers }: Edge, members: Members): readonly Peer[] {
  return isMember(pods, members) ? peers.filter(peer => isInside(peer, members)) : [];
}

function isMember({ namespace, labels }: PodPeer, { namespaces, natives }: Members): boolean {
  return (
    namespaces.includes(namespace) ||
    natives.some(native => native.namespace === namespace && sameLabels(native.labels, labels))
  );
}

function isInside(peer: Peer, members: Members): boolean {
  if (peer.kind === 'pods') return isMember(peer, members);
  return peer.kind === 'labelled-namespaces' && members.letIn[peer.label] === peer.value;
}

function sameLabels(a: PodPeer['labels'] = {}, b: PodPeer['labels'] = {}): boolean {
  return Object.entries(a).every(([key, value]) => b[key] === value);
}

/** A name for what is about these pods. */
export function nameOfPods({ labels = {}, namespace }: PodPeer): string {
  return Object.values(labels)[0] ?? namespace;
}
