/** The sample web workload: what a service looks like here, with the policies that let it be reached. */
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IService, IServiceAccount } from 'kubernetes-models/v1';
import type { KubernetesObject } from '../kubernetes.ts';
import type { App, Contribution, ModuleInput, RoutedApp, WayIn } from '../module.ts';
import { scraped } from '../network/common-edges.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import { webDeployment } from './web/deployment.ts';
import { LABELS, METRICS_PORT, NAME, NAMESPACE, PORT } from './web/names.ts';
import { webObjective } from './web/objective.ts';

const DEFAULTS = 'platform-defaults';
const PODS: PodPeer = { kind: 'pods', namespace: NAMESPACE, labels: LABELS };

/** Without a way in the workload has no route, and nothing reaches it from outside. */
export function sampleWeb(input: ModuleInput, wayIn: WayIn | null): Contribution {
  const objective = webObjective(input);
  return {
    namespaces: [
      {
        name: NAMESPACE,
        decision: DEFAULTS,
        podSecurity: 'restricted',
        because: '',
        owner: 'demo',
        labels: wayIn?.namespaceLabels ?? {},
        quota: { cpu: '4', memory: '4Gi', pods: 30 },
      },
    ],
    apps: [app(input, wayIn)],
    config: [objective.config],
    files: objective.tests,
    edges: [scraped(NAME, PODS, METRICS_PORT), ...(wayIn === null ? [] : [requests(wayIn)])],
    runbooks: [objective.runbook],
    checks: [
      {
        decision: DEFAULTS,
        says: 'The sample workload passes the linters and Pod Security restricted.',
        command: `kubectl kustomize apps/base/${NAME} | kube-linter lint -`,
        path: `apps/base/${NAME}/deployment.yaml`,
      },
      ...objective.checks,
    ],
  };
}

function app(input: ModuleInput, wayIn: WayIn | null): App {
  const objects: Record<string, readonly KubernetesObject[]> = {
    deployment: [SERVICE_ACCOUNT, webDeployment(input)],
    service: [SERVICE],
    scaling: [AUTOSCALER, DISRUPTION],
    monitor: [MONITOR],
  };
  const base = {
    id: NAME,
    decision: DEFAULTS,
    namespace: NAMESPACE,
    says: 'A sample to copy: restricted, spread over zones, scaled, measured, and reachable only where a policy says so.',
  };
  if (wayIn === null) return { ...base, objects };
  const { objects: route, patches } = wayIn.routeOf(ROUTED);
  return { ...base, objects: { ...objects, route }, patches };
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

const ROUTED: RoutedApp = {
  name: NAME,
  namespace: NAMESPACE,
  labels: LABELS,
  subdomain: 'demo',
  servicePort: 80,
};
const metadata = { name: NAME, namespace: NAMESPACE, labels: { ...LABELS } };

const SERVICE_ACCOUNT: IServiceAccount = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata,
  automountServiceAccountToken: false,
};

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

const DISRUPTION: IPodDisruptionBudget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata,
  spec: {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: { matchLabels: { ...LABELS } },
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
