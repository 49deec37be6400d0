/** The sample web workload: what a service looks like here, with the policies that let it be reached. */
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { IService } from 'kubernetes-models/v1';
import type { App } from '../contribution.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import type { ModuleInput } from '../module.ts';
import { scraped } from '../network/common-edges.ts';
import type { Edge } from '../network/edge.ts';
import { sharesNames } from '../recovery/places.ts';
import { type RegionName, regionName } from '../recovery/region-name.ts';
import type { RoutedApp, WayIn } from '../way-in.ts';
import { serverObjective } from './objective.ts';
import {
  accountOf,
  budgetOf,
  labelsOf,
  METRICS_PORT,
  metadataOf,
  NAMESPACE,
  PORT,
  podsOf,
} from './sample.ts';
import { webDeployment } from './web/deployment.ts';
import { NAME } from './web/names.ts';
import type { Sample } from './workloads.ts';

const LABELS = labelsOf(NAME);
const PODS = podsOf(NAME);

/** Without a way in it has no route. */
export function sampleWeb(input: ModuleInput, wayIn: WayIn | null): Sample {
  const { rules, tests } = serverObjective(input, NAME, 'The sample web workload');
  const own = wayIn === null || !input.clusters.some(sharesNames) ? null : regionName(input, wayIn, ROUTED);
  return {
    app: app(input, wayIn, own),
    rules: { [NAME]: rules },
    tests,
    edges: [scraped(NAME, PODS, METRICS_PORT), ...(wayIn === null ? [] : [requests(wayIn)])],
    runbooks: [],
    ...(own === null ? {} : { beside: own.contribution }),
  };
}

function app(input: ModuleInput, wayIn: WayIn | null, own: RegionName | null): App {
  const objects: Record<string, readonly KubernetesObject[]> = {
    deployment: [accountOf(NAME), webDeployment(input)],
    service: [SERVICE],
    scaling: [AUTOSCALER, budgetOf(NAME)],
    monitor: [MONITOR],
  };
  const base = {
    id: NAME,
    decision: 'platform-defaults',
    namespace: NAMESPACE,
    says: 'A sample to copy: restricted, spread over zones, scaled, measured, and reachable only where a policy says so.',
  };
  if (wayIn === null) return { ...base, objects };
  const { objects: route, patches } = wayIn.routeOf(ROUTED);
  return {
    ...base,
    objects: { ...objects, route },
    patches: cluster => [...patches(cluster), ...(own?.patches(cluster) ?? [])],
    ...(own === null ? {} : { components: own.components, brought: own.objects }),
  };
}

function requests({ sources }: WayIn): Edge {
  return {
    name: 'requests-from-gateway',
    owner: NAME,
    because: 'The proxies of the gateway hand requests to these pods.',
    pods: PODS,
    direction: 'ingress',
    peers: sources,
    ports: [{ port: PORT }],
  };
}

export const ROUTED: RoutedApp = {
  name: NAME,
  namespace: NAMESPACE,
  labels: LABELS,
  subdomain: 'demo',
  servicePort: 80,
  readiness: '/readyz',
};
const metadata = metadataOf(NAME);

const SERVICE: IService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata,
  spec: {
    type: 'ClusterIP',
    selector: { ...LABELS },
    ports: [
      { name: 'http', port: 80, targetPort: 'http' },
      { name: 'http-metrics', port: METRICS_PORT, targetPort: 'http-metrics' },
    ],
  },
};

const AUTOSCALER: IHorizontalPodAutoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata,
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: NAME },
    minReplicas: 3,
    maxReplicas: 9,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
      },
    ],
    behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
  },
};

const MONITOR: IServiceMonitor = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata,
  spec: {
    selector: { matchLabels: { ...LABELS } },
    endpoints: [{ port: 'http-metrics', interval: '30s' }],
  },
};
