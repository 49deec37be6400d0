/** Alerts of the platform itself, where no chart brings any: few, each with something to do. */
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { Component } from '../contribution.ts';
import type { ModuleInput } from '../module.ts';
import { repositoryUrl } from '../names.ts';
import { pickOf } from '../picks.ts';
import { MONITORING } from './namespaces.ts';

interface PlatformAlert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
  readonly description: string;
}

export function platformAlerts(input: ModuleInput): Component {
  return {
    id: 'platform-alerts',
    decision: 'metrics',
    layer: 'platform-obs',
    says: 'What the platform has to be told of, whoever judges it. Each alert has a step in docs/runbooks/platform-alerts.md.',
    objects: { rules: [rules(input)] },
  };
}

/** The state of a delivery is a metric of Flux; Argo CD has rules of its own, and a pipeline fails where people see it. */
function alertsOf({ stack }: ModuleInput): readonly PlatformAlert[] {
  return pickOf(stack, 'gitops') === 'flux'
    ? PLATFORM_ALERTS
    : PLATFORM_ALERTS.filter(({ alert }) => alert !== 'DeliveryFailed');
}

function rules(input: ModuleInput): IPrometheusRule {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'platform', namespace: MONITORING },
    spec: {
      groups: [
        {
          name: 'platform',
          rules: alertsOf(input).map(({ severity, summary, description, ...rule }) => ({
            ...rule,
            labels: { severity, team: 'platform' },
            annotations: {
              summary,
              description,
              runbook_url: `${repositoryUrl(input)}/blob/main/docs/runbooks/platform-alerts.md`,
            },
          })),
        },
      ],
    },
  };
}

const PLATFORM_ALERTS: readonly PlatformAlert[] = [
  {
    alert: 'NothingIsMeasured',
    expr: 'absent(up{job="kube-state-metrics"}) or absent(up{job="kubelet"})',
    for: '10m',
    severity: 'critical',
    summary: 'The cluster reports nothing of itself.',
    description: 'No other alert of the platform can fire until it does.',
  },
  {
    alert: 'TargetDown',
    expr: '100 * (count by (cluster, namespace, job) (up == 0) / count by (cluster, namespace, job) (up)) > 30',
    for: '15m',
    severity: 'warning',
    summary: 'A third of the targets of {{ $labels.job }} cannot be read.',
    description: 'Its pods are gone, or a policy keeps the agent out.',
  },
  {
    alert: 'NodeNotReady',
    expr: 'kube_node_status_condition{condition="Ready", status="true"} == 0 and on (node) kube_node_spec_unschedulable == 0',
    for: '15m',
    severity: 'warning',
    summary: 'The node {{ $labels.node }} is not ready.',
    description: 'It should have been repaired or replaced by now.',
  },
  {
    alert: 'PodCrashLooping',
    expr: 'max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"}[5m]) >= 1',
    for: '15m',
    severity: 'warning',
    summary: '{{ $labels.namespace }}/{{ $labels.pod }} starts again and again.',
    description: 'The container {{ $labels.container }} ends soon after each start.',
  },
  {
    alert: 'PodNotReady',
    expr: 'sum by (cluster, namespace, pod) (kube_pod_status_phase{phase=~"Pending|Unknown|Failed"}) > 0',
    for: '15m',
    severity: 'warning',
    summary: '{{ $labels.namespace }}/{{ $labels.pod }} does not run.',
    description: 'It waits for a node, a volume, an image or an admission.',
  },
  {
    alert: 'WorkloadShortOfReplicas',
    expr: 'kube_deployment_spec_replicas > kube_deployment_status_replicas_available and changes(kube_deployment_status_replicas_updated[10m]) == 0',
    for: '15m',
    severity: 'warning',
    summary: '{{ $labels.namespace }}/{{ $labels.deployment }} has fewer pods than it asks for.',
    description: 'The loss of one more may be felt by users.',
  },
  {
    alert: 'AutoscalerAtItsLimit',
    expr: 'kube_horizontalpodautoscaler_status_current_replicas == kube_horizontalpodautoscaler_spec_max_replicas',
    for: '30m',
    severity: 'warning',
    summary: '{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} cannot grow any more.',
    description: 'More load will be felt by users.',
  },
  {
    alert: 'JobFailed',
    expr: 'kube_job_failed{condition="true"} > 0',
    for: '15m',
    severity: 'warning',
    summary: 'The job {{ $labels.namespace }}/{{ $labels.job_name }} failed.',
    description: 'It will not be tried again.',
  },
  {
    alert: 'VolumeFillsUp',
    expr: 'kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes < 0.15 and predict_linear(kubelet_volume_stats_available_bytes[6h], 4 * 24 * 3600) < 0',
    for: '1h',
    severity: 'warning',
    summary:
      'The volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is full within four days.',
    description: 'A full volume stops what writes to it.',
  },
  {
    alert: 'VolumeFull',
    expr: 'kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes < 0.03',
    for: '5m',
    severity: 'critical',
    summary: 'The volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is full.',
    description: 'Less than three per cent is left.',
  },
  {
    alert: 'DeliveryFailed',
    expr: 'max by (cluster, exported_namespace, kind, name) (flux_resource_info{ready="False"}) > 0',
    for: '15m',
    severity: 'warning',
    summary: '{{ $labels.kind }} {{ $labels.name }} cannot be applied.',
    description: 'What is in Git is not what runs.',
  },
];

export const PLATFORM_ALERTS_RUNBOOK = {
  id: 'platform-alerts',
  title: 'An alert of the platform',
  text: `**NothingIsMeasured**: treat it as critical, since nothing else can fire: [metrics-missing](metrics-missing.md).

**TargetDown**: \`kubectl -n NAMESPACE get pods\`; where they run, a policy keeps the agent out: [network-denied](network-denied.md).

**NodeNotReady**: \`kubectl describe node NODE\`. Repair replaces it by itself within half an hour; if not: [node-drain](node-drain.md).

**PodCrashLooping**, **PodNotReady**, **WorkloadShortOfReplicas**, **JobFailed**: \`kubectl -n NAMESPACE describe pod POD\` and its log before the
last start (\`--previous\`). A change within the hour is the first suspect: revert it in Git. The owner stands in the labels of the namespace.

**AutoscalerAtItsLimit**: raise its maximum in Git if the load is wanted; find out who calls if it is not.

**VolumeFillsUp**, **VolumeFull**: raise the size of the claim in Git, the class allows it; then find out what grows.

**DeliveryFailed**: \`kubectl get KIND -A | grep NAME\` and its message. Mend it in Git, never in the cluster.
`,
} as const;
