/** Alerts of a component of the platform, each with the page that says what to do. */
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { repositoryUrl } from '../names.ts';
import type { StarterInput } from '../part.ts';

export interface PlatformAlert {
  readonly alert: string;
  readonly expr: string;
  readonly lasting: string;
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
  readonly description: string;
  /** The page under docs/runbooks. */
  readonly runbook: string;
}

export function alertRules(
  input: StarterInput,
  { name, namespace }: { readonly name: string; readonly namespace: string },
  alerts: readonly PlatformAlert[],
): IPrometheusRule {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name, namespace },
    spec: {
      groups: [
        {
          name,
          rules: alerts.map(({ alert, expr, lasting, severity, summary, description, runbook }) => ({
            alert,
            expr,
            for: lasting,
            labels: { severity, team: 'platform' },
            annotations: {
              summary,
              description,
              runbook_url: `${repositoryUrl(input)}/blob/main/docs/runbooks/${runbook}.md`,
            },
          })),
        },
      ],
    },
  };
}
