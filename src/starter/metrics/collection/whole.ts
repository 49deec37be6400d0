/** A whole repository as a collection in the cluster reads it: its kinds in the place of monitors and rules, its pods in that of Prometheus. */
import type { Component, ConfigFolder, Contribution, HelmValues } from '../../contribution.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { ModuleInput } from '../../module.ts';
import { PROMETHEUS } from '../../network/common-edges.ts';
import type { Edge, Peer, PodPeer } from '../../network/edge.ts';
import { pickOf } from '../../picks.ts';
import type { MetricsCollection } from '../../services.ts';
import { asCollected, type ClusterPodMonitoring, type PodMonitoring, reading } from './kinds.ts';

type Whole = Required<Contribution>;

/** The part that says what is read of the cluster as a whole. */
export const COLLECTION = 'metrics-collection';

type Objects = ConfigFolder['objects'];

/** Null where monitors are read by something else. */
export function collectionOf({ stack, foundation }: ModuleInput): MetricsCollection | null {
  return pickOf(stack, 'metrics') === 'managed-metrics' ? (foundation.services?.collection ?? null) : null;
}

export function asTheCollectionReads(whole: Whole, { collectors }: MetricsCollection): Whole {
  const known: Whole = {
    ...whole,
    components: whole.components.map(translated),
    config: whole.config.map(translated),
    apps: whole.apps.map(translated),
  };
  const scraped = whole.edges.filter(
    ({ direction, peers }) => direction === 'ingress' && peers.some(isPrometheus),
  );
  const unread = scraped.filter(edge => !monitorsOf(known).some(monitor => reads(monitor, edge.pods)));
  const monitors = monitorsOf(known);
  const parts = new Set([...known.components, ...known.config, ...known.apps].map(({ id }) => id));
  const complete = [...new Set(unread.map(({ owner }) => owner))].reduce<Whole>((rest, owner) => {
    const own = unread.filter(edge => edge.owner === owner);
    return parts.has(owner)
      ? withMonitors(rest, owner, monitorsFor(own, monitors, 'a part'))
      : withMonitors(rest, COLLECTION, monitorsFor(own, monitors, 'no part'));
  }, known);
  return {
    ...complete,
    edges: whole.edges.map(edge => ({
      ...edge,
      peers: edge.peers.map(peer => (isPrometheus(peer) ? collectors : peer)),
    })),
  };
}

function translated<T extends Component | ConfigFolder>(part: T): T {
  const { objects } = part;
  const chart = 'chart' in part ? part.chart : undefined;
  return {
    ...part,
    ...(objects === undefined ? {} : { objects: knownObjects(objects) }),
    ...(chart === undefined ? {} : { chart: { ...chart, values: withoutMonitors(chart.values) } }),
  };
}

function knownObjects(objects: Objects): Objects {
  return Object.fromEntries(Object.entries(objects).map(([file, list]) => [file, list.map(asCollected)]));
}

/** Charts would ask for kinds that nobody installs here. */
function withoutMonitors(values: HelmValues): HelmValues {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      if (!isMap(value)) return [key, value];
      if (!/^(?:service|pod)monitor$/i.test(key)) return [key, withoutMonitors(value)];
      return [key, 'create' in value ? { create: false } : { enabled: false }];
    }),
  );
}

function isMap(value: unknown): value is HelmValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPrometheus(peer: Peer): boolean {
  return (
    peer.kind === 'pods' &&
    peer.namespace === PROMETHEUS.namespace &&
    JSON.stringify(peer.labels) === JSON.stringify(PROMETHEUS.labels)
  );
}

type Monitor = PodMonitoring | ClusterPodMonitoring;

function monitorsOf({ components, config, apps }: Whole): readonly Monitor[] {
  return [...components, ...config, ...apps]
    .flatMap(({ objects = {} }) => Object.values(objects).flat())
    .filter(isMonitor);
}

function isMonitor(object: KubernetesObject): object is Monitor {
  return object.kind === 'PodMonitoring' || object.kind === 'ClusterPodMonitoring';
}

/** Whether a monitor that is there already is for these pods. */
function reads({ kind, metadata, spec }: Monitor, { namespace, labels = {} }: PodPeer): boolean {
  if (kind === 'PodMonitoring' && metadata.namespace !== namespace) return false;
  const { matchLabels = {}, matchExpressions = [] } = spec.selector;
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, values = [] }) => values.includes(labels[key] ?? ''))
  );
}

/** One for each kind of pods, named for the part that they are of, or for themselves where it has several. */
function monitorsFor(
  edges: readonly Edge[],
  others: readonly Monitor[],
  part: 'a part' | 'no part',
): readonly PodMonitoring[] {
  const kinds = [...new Set(edges.map(({ pods }) => JSON.stringify(pods)))];
  return kinds.flatMap(kind => {
    const own = edges.filter(({ pods }) => JSON.stringify(pods) === kind);
    const [first] = own;
    if (first === undefined) return [];
    const { pods, name } = first;
    const owner = part === 'a part' ? first.owner : pods.namespace;
    const ports = own.flatMap(edge => edge.ports.map(({ port }) => port));
    const selector =
      pods.labels === undefined ? readByNoOther(pods, others) : { matchLabels: { ...pods.labels } };
    return [
      reading(
        { name: kinds.length === 1 ? owner : `${owner}-${name}`, namespace: pods.namespace },
        selector,
        [...new Set(ports)],
      ),
    ];
  });
}

/** Of a whole namespace, what another monitor of it reads is left to that one. */
function readByNoOther({ namespace }: PodPeer, others: readonly Monitor[]): Monitor['spec']['selector'] {
  const matchExpressions = others.flatMap(({ metadata, spec }) =>
    'namespace' in metadata && metadata.namespace === namespace
      ? (spec.selector.matchExpressions ?? []).map(({ key, values = [] }) => ({
          key,
          operator: 'NotIn' as const,
          values,
        }))
      : [],
  );
  return matchExpressions.length === 0 ? {} : { matchExpressions };
}

/** Beside the policies of the same part; what is of none stands with what the collection reads of the cluster. */
function withMonitors(whole: Whole, home: string, monitors: readonly PodMonitoring[]): Whole {
  const { components, config, apps } = whole;
  const add = <T extends Component | ConfigFolder>(parts: readonly T[]): readonly T[] =>
    parts.map(part => (part.id === home ? withMore(part, monitors) : part));
  return { ...whole, components: add(components), config: add(config), apps: add(apps) };
}

function withMore<T extends Component | ConfigFolder>(part: T, monitors: readonly PodMonitoring[]): T {
  const file = 'pod-monitoring';
  return { ...part, objects: { ...part.objects, [file]: [...(part.objects?.[file] ?? []), ...monitors] } };
}
