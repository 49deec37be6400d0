/** What the pods of a stack request, read from the objects and from the values of charts as they are written. */
import type { Id } from '../../content/catalogue.ts';
import { at } from '../at.ts';
import type { Component, Contribution } from '../contribution.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import type { ModuleInput } from '../module.ts';
import { type Proxies, proxiesOf } from './proxies.ts';
import { mebibytes, millicores } from './quantities.ts';

export interface Load {
  /** The component or workload. */
  readonly by: Id;
  /** Which of its workloads, by the name of its object or where values of its chart have its requests; the component, where they have them at their top. */
  readonly workload: string;
  readonly pool: 'system' | 'workload';
  /** Pods at least; null for one on every node. */
  readonly pods: number | null;
  /** Pods at most, where something makes more of them. */
  readonly most?: number;
  /** Of one pod. */
  readonly millicores: number;
  readonly mebibytes: number;
}

type Fields = Readonly<Record<string, unknown>>;
type Parts = Pick<Required<Contribution>, 'components' | 'config' | 'apps' | 'namespaces'>;

export function loadsOf(
  { foundation }: ModuleInput,
  { components, config, apps, namespaces }: Parts,
): readonly Load[] {
  const proxies = proxiesOf(components, namespaces);
  const selector = JSON.stringify(foundation.systemPool.nodeSelector);
  const loads = (by: Id, all: readonly Found[], written: unknown): readonly Load[] => {
    if (all.length === 0) return [];
    const pinned = selector !== '{}' && JSON.stringify(written ?? null).includes(selector);
    return all.map(each => ({ by, pool: pinned ? 'system' : 'workload', ...each }));
  };
  return [
    ...components.flatMap(({ id, chart, objects = {} }) => [
      ...(chart === undefined ? [] : loads(id, inChart(id, chart, proxies), chart.values)),
      ...loads(id, inObjects(Object.values(objects).flat()), objects),
    ]),
    ...config.flatMap(({ id, objects }) => loads(id, inObjects(Object.values(objects).flat()), objects)),
    ...apps.flatMap(({ id, namespace, objects }) =>
      loads(id, withProxies(inObjects(Object.values(objects).flat()), namespace, proxies), objects),
    ),
  ];
}

type Found = Omit<Load, 'by' | 'pool'>;

/** The first container found stands for its pod. */
function inChart(
  id: Id,
  { values, namespace }: NonNullable<Component['chart']>,
  proxies: Proxies | null,
): readonly Found[] {
  const [first, ...more] = inValues(values, AGENTS.has(id) ? null : 1, []).map(each => ({
    ...each,
    workload: each.workload === '' ? id : each.workload,
  }));
  return first === undefined ? [] : [...withProxies([first], namespace, proxies), ...more];
}

/** Where a mesh puts a proxy into every pod, each requests as much more. */
function withProxies(found: readonly Found[], namespace: string, proxies: Proxies | null): readonly Found[] {
  return proxies === null || !proxies.namespaces.has(namespace)
    ? found
    : found.map(each => ({
        ...each,
        millicores: each.millicores + proxies.millicores,
        mebibytes: each.mebibytes + proxies.mebibytes,
      }));
}

/** Charts whose values begin with those of an agent on every node. */
const AGENTS: ReadonlySet<Id> = new Set([
  'cilium',
  'istio-cni',
  'linkerd2-cni',
  'prometheus-node-exporter',
  'ztunnel',
]);

/** Agents that a chart puts on every node, whatever number stands above them. */
const ON_EVERY_NODE =
  /^(?:prometheus-node-exporter|nodeAgent|node-agent|ztunnel|cni|speaker|spire-agent|spiffe-csi-driver)$/;

/** A map that holds requests is a container; how many pods there are of it stands in it or above it. */
function inValues(value: Fields, above: number | null, path: readonly string[]): readonly Found[] {
  const pods = at(value, 'controller', 'type') === 'daemonset' ? null : countIn(value, above);
  const { resources } = value;
  const own = found(at(resources, 'requests'), pods, path.join('.'));
  const byPart = own.length > 0 || !isFields(resources) ? [] : partsOf(value, resources, pods, path);
  const below = Object.entries(value).flatMap(([key, each]) =>
    key === 'resources' || !isFields(each) || each.enabled === false
      ? []
      : inValues(each, ON_EVERY_NODE.test(key) ? null : pods, [...path, key]),
  );
  return [...own, ...byPart, ...below];
}

/** Charts that keep the resources of all parts in one place, beside a map for each part. */
function partsOf(
  value: Fields,
  resources: Fields,
  pods: number | null,
  path: readonly string[],
): readonly Found[] {
  const counts = Object.values(value).flatMap(each => (isFields(each) ? [countIn(each, 0)] : []));
  const most = Math.max(pods ?? 0, ...counts);
  return Object.entries(resources).flatMap(([name, part]) =>
    found(at(part, 'requests'), most, [...path, name].join('.')),
  );
}

function countIn<T extends number | null>(fields: Fields, otherwise: T): number | T {
  const scaler = fields[Object.keys(fields).find(key => /(?:hpa|autoscaling)$/i.test(key)) ?? ''];
  const least = at(scaler, 'enabled') === false ? undefined : at(scaler, 'minReplicas');
  const count =
    least ??
    fields.replicas ??
    fields.replicaCount ??
    fields.instances ??
    at(fields, 'controller', 'replicas');
  return typeof count === 'number' ? count : otherwise;
}

function found(requests: unknown, pods: number | null, workload: string): readonly Found[] {
  // A claim requests storage, and nothing of a node.
  if (!isFields(requests) || (requests.cpu ?? requests.memory) === undefined) return [];
  return [{ workload, pods, millicores: millicores(requests.cpu), mebibytes: mebibytes(requests.memory) }];
}

function inObjects(objects: readonly KubernetesObject[]): readonly Found[] {
  return objects.flatMap((object): readonly Found[] => {
    const spec = at(object, 'spec');
    // On nodes of a group of their own.
    if (at(spec, 'template', 'spec', 'os', 'name') === 'windows') return [];
    switch (object.kind) {
      case 'Deployment':
      case 'StatefulSet':
        return [
          {
            ...inPod(
              object,
              at(spec, 'template', 'spec'),
              least(object, objects) ?? Number(at(spec, 'replicas') ?? 1),
            ),
            ...most(object, objects),
          },
        ];
      case 'DaemonSet':
        return [inPod(object, at(spec, 'template', 'spec'), null)];
      case 'Job':
        return [inPod(object, at(spec, 'template', 'spec'), 1)];
      case 'CronJob':
        return [inPod(object, at(spec, 'jobTemplate', 'spec', 'template', 'spec'), 1)];
      // A container beside each instance of the databases that use the store.
      case 'ObjectStore':
        return isFields(spec) ? inValues(spec, instancesOf(objects), [object.metadata?.name ?? '']) : [];
      default:
        return isFields(spec) && object.apiVersion.includes('.')
          ? inValues(spec, 1, [object.metadata?.name ?? ''])
          : [];
    }
  });
}

function instancesOf(objects: readonly KubernetesObject[]): number {
  return objects.reduce((sum, each) => sum + Number(at(each, 'spec', 'instances') ?? 0), 0);
}

/** As many as the autoscaler leaves at least. */
function least(object: KubernetesObject, objects: readonly KubernetesObject[]): number | null {
  const scaler = scalerOf(object, objects);
  const count = at(scaler, 'spec', 'minReplicas') ?? at(scaler, 'spec', 'minReplicaCount');
  return typeof count === 'number' ? count : null;
}

/** As many as it makes at most. */
function most(object: KubernetesObject, objects: readonly KubernetesObject[]): Pick<Load, 'most'> {
  const scaler = scalerOf(object, objects);
  const count = at(scaler, 'spec', 'maxReplicas') ?? at(scaler, 'spec', 'maxReplicaCount');
  return typeof count === 'number' ? { most: count } : {};
}

function scalerOf(
  { metadata }: KubernetesObject,
  objects: readonly KubernetesObject[],
): KubernetesObject | undefined {
  return objects.find(
    each =>
      (each.kind === 'HorizontalPodAutoscaler' || each.kind === 'ScaledObject') &&
      at(each, 'spec', 'scaleTargetRef', 'name') === metadata?.name,
  );
}

function inPod({ metadata }: KubernetesObject, pod: unknown, pods: number | null): Found {
  const containers = at(pod, 'containers');
  const requests = (Array.isArray(containers) ? containers : []).map(each =>
    at(each, 'resources', 'requests'),
  );
  return {
    workload: metadata?.name ?? '',
    pods,
    millicores: requests.reduce((sum: number, each) => sum + millicores(at(each, 'cpu')), 0),
    mebibytes: requests.reduce((sum: number, each) => sum + mebibytes(at(each, 'memory')), 0),
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
