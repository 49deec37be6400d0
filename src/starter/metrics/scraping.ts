/** Prometheus gets out to exactly the ports that pods open for it. */
import type { Foundation } from '../foundation.ts';
import { PROMETHEUS } from '../network/common-edges.ts';
import type { Edge, PodPeer } from '../network/edge.ts';

/** The edge by which Prometheus leaves its namespace; it begins with ports of pods that are not of this repository. */
export const SCRAPE_PODS = 'scrape-pods';

export function scrapingWhatIsOpen(edges: readonly Edge[]): readonly Edge[] {
  const open = edges
    .filter(({ direction, peers }) => direction === 'ingress' && peers.some(isPrometheus))
    .flatMap(({ ports }) => ports.map(({ port }) => port));
  return edges.map(edge =>
    edge.name === SCRAPE_PODS && edge.direction === 'egress'
      ? { ...edge, ports: sorted([...edge.ports.map(({ port }) => port), ...open]).map(port => ({ port })) }
      : edge,
  );
}

function isPrometheus(peer: Edge['peers'][number]): boolean {
  return (
    peer.kind === 'pods' &&
    peer.namespace === PROMETHEUS.namespace &&
    (peer.labels === undefined ||
      peer.labels['app.kubernetes.io/name'] === PROMETHEUS.labels?.['app.kubernetes.io/name'])
  );
}

function sorted(ports: readonly number[]): readonly number[] {
  return [...new Set(ports)].sort((a, b) => a - b);
}

/** Kubelets and node-exporter, which are in the network of the node. */
export function scrapeNodes(
  { hostAccess }: Foundation,
  owner: string,
  pods: PodPeer,
  reader: 'Prometheus' | 'The agent',
): Edge {
  const exporters = hostAccess !== 'refused';
  return {
    name: 'scrape-nodes',
    owner,
    because: exporters
      ? `${reader} reads kubelets and node-exporter, which are in the network of the node.`
      : `${reader} reads kubelets, which are in the network of the node.`,
    pods,
    direction: 'egress',
    peers: [{ kind: 'nodes' }],
    ports: [...(exporters ? [{ port: 9100 }] : []), { port: 10250 }],
  };
}
