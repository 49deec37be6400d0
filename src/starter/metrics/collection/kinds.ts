/** Monitors and rules in the kinds that Google's collection in the cluster reads: those of monitoring.googleapis.com. */
import type {
  IPodMonitor,
  IPrometheusRule,
  IServiceMonitor,
} from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { KubernetesObject } from '../../kubernetes.ts';

const API = 'monitoring.googleapis.com/v1';

interface Relabeling {
  readonly sourceLabels: readonly string[];
  readonly regex: string;
  readonly action: 'keep' | 'drop';
}
interface Endpoint {
  readonly port: string | number;
  readonly interval: string;
  readonly path?: string;
  readonly metricRelabeling?: readonly Relabeling[];
}
type Selector = NonNullable<IPodMonitor['spec']>['selector'];

/** Reads pods of one namespace. What it reads gets the name of this object as its job. */
export interface PodMonitoring extends KubernetesObject {
  readonly apiVersion: typeof API;
  readonly kind: 'PodMonitoring';
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly selector: Selector; readonly endpoints: readonly Endpoint[] };
}
/** Reads pods of all namespaces. */
export interface ClusterPodMonitoring extends KubernetesObject {
  readonly apiVersion: typeof API;
  readonly kind: 'ClusterPodMonitoring';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly selector: Selector;
    readonly endpoints: readonly Endpoint[];
    readonly targetLabels?: { readonly metadata: readonly string[] };
  };
}
/** Reads every node. */
interface ClusterNodeMonitoring extends KubernetesObject {
  readonly apiVersion: typeof API;
  readonly kind: 'ClusterNodeMonitoring';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly endpoints: readonly (Omit<Endpoint, 'port'> & { readonly scheme: 'https' })[];
  };
}
/** Rules whose expressions see the metrics of their cluster and no others. */
interface ClusterRules extends KubernetesObject {
  readonly apiVersion: typeof API;
  readonly kind: 'ClusterRules';
  readonly metadata: { readonly name: string };
  readonly spec: { readonly groups: readonly unknown[] };
}

/** The same monitor or rule as the collection knows it; what is neither stays as it is. */
export function asCollected(object: KubernetesObject): KubernetesObject {
  switch (object.kind) {
    case 'PodMonitor':
      return podMonitoring(object as IPodMonitor);
    case 'ServiceMonitor':
      return serviceMonitoring(object as IServiceMonitor);
    case 'PrometheusRule':
      return clusterRules(object as IPrometheusRule);
    default:
      return object;
  }
}

export function reading(
  metadata: PodMonitoring['metadata'],
  selector: Selector,
  ports: readonly number[],
): PodMonitoring {
  return {
    apiVersion: API,
    kind: 'PodMonitoring',
    metadata,
    spec: { selector, endpoints: ports.map(port => ({ port, interval: INTERVAL })) },
  };
}

const INTERVAL = '30s';

function podMonitoring({ metadata, spec }: IPodMonitor): PodMonitoring | ClusterPodMonitoring {
  const { namespaceSelector, selector = {}, podMetricsEndpoints = [] } = spec ?? {};
  const name = metadata?.name ?? '';
  const endpoints = podMetricsEndpoints.map(({ port, path, interval }) => ({
    port: port ?? '',
    ...(path === undefined ? {} : { path }),
    interval: interval ?? INTERVAL,
  }));
  if (namespaceSelector?.any === true)
    return {
      apiVersion: API,
      kind: 'ClusterPodMonitoring',
      metadata: { name },
      spec: { selector, endpoints },
    };
  const namespace = namespaceSelector?.matchNames?.[0] ?? metadata?.namespace ?? '';
  return {
    apiVersion: API,
    kind: 'PodMonitoring',
    metadata: { name, namespace },
    spec: { selector, endpoints },
  };
}

/** Services of this repository carry the labels of their pods, and name their ports alike. */
function serviceMonitoring({ metadata, spec }: IServiceMonitor): PodMonitoring {
  return {
    apiVersion: API,
    kind: 'PodMonitoring',
    metadata: { name: metadata?.name ?? '', namespace: metadata?.namespace ?? '' },
    spec: {
      selector: spec?.selector ?? {},
      endpoints: (spec?.endpoints ?? []).map(({ port, path, interval }) => ({
        port: port ?? '',
        ...(path === undefined ? {} : { path }),
        interval: interval ?? INTERVAL,
      })),
    },
  };
}

/** It is of no namespace, so its name says which one it is about; alerts end when their expression does. */
function clusterRules({ metadata, spec }: IPrometheusRule): ClusterRules {
  return {
    apiVersion: API,
    kind: 'ClusterRules',
    metadata: { name: `${metadata?.namespace ?? ''}-${metadata?.name ?? ''}` },
    spec: {
      groups: (spec?.groups ?? []).map(group => ({
        name: group.name,
        interval: group.interval ?? INTERVAL,
        rules: (group.rules ?? []).map(({ keep_firing_for: _ends, ...rule }) => rule),
      })),
    },
  };
}

/** What kubelets know of volumes and containers, as far as somebody asks for it: each series is paid for. */
export const KUBELET: ClusterNodeMonitoring = {
  apiVersion: API,
  kind: 'ClusterNodeMonitoring',
  metadata: { name: 'kubelet' },
  spec: {
    endpoints: [
      kubelet('/metrics', 'kubelet_volume_stats_.+|kubelet_running_pods'),
      kubelet(
        '/metrics/cadvisor',
        'container_(?:cpu_usage_seconds_total|cpu_cfs_throttled_periods_total|cpu_cfs_periods_total|memory_working_set_bytes)',
      ),
    ],
  },
};

function kubelet(path: string, regex: string) {
  return {
    path,
    interval: INTERVAL,
    scheme: 'https',
    metricRelabeling: [{ sourceLabels: ['__name__'], regex, action: 'keep' }],
  } as const;
}

/** It speaks of pods of all namespaces, so that its own labels have to stand. */
export const STATE: ClusterPodMonitoring = {
  apiVersion: API,
  kind: 'ClusterPodMonitoring',
  metadata: { name: 'kube-state-metrics' },
  spec: {
    selector: { matchLabels: { 'app.kubernetes.io/name': 'kube-state-metrics' } },
    endpoints: [
      {
        port: 8080,
        interval: INTERVAL,
        metricRelabeling: [
          {
            sourceLabels: ['__name__'],
            regex:
              'kube_(?:daemonset|deployment|horizontalpodautoscaler|job|node|persistentvolumeclaim|pod|statefulset)_.+',
            action: 'keep',
          },
        ],
      },
    ],
    targetLabels: { metadata: [] },
  },
};

/** Written by the evaluator of the rules: without it none of them is judged. */
export const HEARTBEAT: ClusterRules = {
  apiVersion: API,
  kind: 'ClusterRules',
  metadata: { name: 'heartbeat' },
  spec: {
    groups: [
      {
        name: 'heartbeat',
        interval: INTERVAL,
        rules: [{ record: 'platform:heartbeat', expr: 'vector(1)' }],
      },
    ],
  },
};
