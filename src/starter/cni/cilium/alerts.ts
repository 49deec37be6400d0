/** Alerts of the network plugin: nodes out of reach, tables nearly full, settings that no agent has taken up. */
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { ModuleInput } from '../../module.ts';
import { repositoryUrl } from '../../names.ts';
import { CILIUM_RUNBOOK } from './runbook.ts';

export function ciliumAlerts(input: ModuleInput, namespace: string): IPrometheusRule {
  const rule = (
    alert: string,
    expr: string,
    time: string,
    severity: 'critical' | 'warning',
    summary: string,
    description: string,
  ) => ({
    alert,
    expr,
    for: time,
    labels: { severity, team: 'platform' },
    annotations: {
      summary,
      description,
      runbook_url: `${repositoryUrl(input)}/blob/main/docs/runbooks/${CILIUM_RUNBOOK}.md`,
    },
  });
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'cilium', namespace },
    spec: {
      groups: [
        {
          name: 'network-plugin',
          rules: [
            rule(
              'NodesOutOfReach',
              'max by (node) (cilium_unreachable_nodes) > 0',
              '10m',
              'critical',
              'A node cannot reach all of the others.',
              'Pods on it time out towards the nodes that it does not reach, and nothing else shows why.',
            ),
            rule(
              'NetworkTableNearlyFull',
              'max by (node, map_name) (cilium_bpf_map_pressure) > 0.9',
              '15m',
              'warning',
              'A table of the network plugin is nearly full.',
              'When it is full, new connections, Services or policies are dropped without a word.',
            ),
            rule(
              'NetworkSettingsNotTakenUp',
              'max by (node) (cilium_drift_checker_config_delta) > 0',
              '1h',
              'warning',
              'An agent runs with other settings than Git says.',
              'It takes them up when it starts again; until then the node differs from the others.',
            ),
          ],
        },
      ],
    },
  };
}
