/** What Prometheus reads from Calico, and the alerts on it. */
import type {
  IPodMonitor,
  IPrometheusRule,
} from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { alertRules, type PlatformAlert } from '../../metrics/alerts.ts';
import { MONITORING } from '../../metrics/namespaces.ts';
import type { ModuleInput } from '../../module.ts';
import { CALICO, CALICO_PORTS, CALICO_RUNBOOK, CALICO_SYSTEM, type CalicoPlace } from './place.ts';

export function calicoMonitors({ role }: CalicoPlace): readonly IPodMonitor[] {
  return [
    monitor('calico-node', '__meta_kubernetes_pod_host_ip', CALICO_PORTS.agents),
    ...(role === 'network'
      ? [monitor('calico-kube-controllers', '__meta_kubernetes_pod_ip', CALICO_PORTS.controllers)]
      : []),
  ];
}

/** Pods of the operator name no port of their own. */
function monitor(name: string, address: string, port: number): IPodMonitor {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name, namespace: MONITORING },
    spec: {
      namespaceSelector: { matchNames: [CALICO_SYSTEM] },
      selector: { matchLabels: { 'k8s-app': name } },
      podMetricsEndpoints: [
        {
          interval: '30s',
          relabelings: [
            {
              sourceLabels: [address],
              targetLabel: '__address__',
              replacement: `$1:${port}`,
              action: 'replace',
            },
            { sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node', action: 'replace' },
          ],
        },
      ],
    },
  };
}

export function calicoAlerts(input: ModuleInput, { role }: CalicoPlace): IPrometheusRule {
  return alertRules(input, { name: CALICO, namespace: MONITORING }, [
    ...AGENTS,
    ...(role === 'network' ? [ADDRESSES] : []),
  ]);
}

const AGENTS: readonly PlatformAlert[] = [
  {
    alert: 'NetworkRulesNotWritten',
    expr: 'sum by (node) (increase(felix_int_dataplane_failures[15m])) > 3',
    lasting: '15m',
    severity: 'critical',
    summary: 'The network plugin cannot write its rules on a node.',
    description: 'Pods that start there are not reached, and policies that have changed are not in force.',
    runbook: CALICO_RUNBOOK,
  },
  {
    alert: 'NetworkAgentOutOfStep',
    expr: 'min by (node) (felix_resync_state) < 3',
    lasting: '15m',
    severity: 'critical',
    summary: 'An agent of the network plugin does not know what is wanted of it.',
    description: 'It keeps to the rules of before: neither new pods nor new policies count on its node.',
    runbook: CALICO_RUNBOOK,
  },
];

const ADDRESSES: PlatformAlert = {
  alert: 'PodAddressesNearlyUsedUp',
  expr: 'sum by (ippool) (ipam_allocations_in_use) / max by (ippool) (ipam_ippool_size) > 0.8',
  lasting: '30m',
  severity: 'warning',
  summary: 'Four of five addresses for pods are taken.',
  description: 'When none is left, pods wait in ContainerCreating on every node.',
  runbook: CALICO_RUNBOOK,
};
