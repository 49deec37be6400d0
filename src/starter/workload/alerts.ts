/** Alerts of one sample workload as plain rules, each with the unit test that shows when it fires. */
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { Id } from '../../content/catalogue.ts';
import type { FileTree } from '../../files/tree.ts';
import { writeYaml } from '../../files/yaml.ts';
import { headline } from '../headline.ts';
import { ofThisCluster } from '../metrics/one-store.ts';
import type { ModuleInput } from '../module.ts';
import { repositoryUrl } from '../names.ts';
import type { StarterInput } from '../part.ts';
import { NAMESPACE } from './sample.ts';

export interface SampleAlert {
  readonly alert: string;
  /** Aggregated, so that what fires carries no label but its own. */
  readonly expr: string;
  readonly for: string;
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
  readonly description: string;
  readonly runbook: Id;
  readonly cases: readonly AlertCase[];
}
interface AlertCase {
  readonly name: string;
  /** Values by series, a sample a minute. */
  readonly series: Readonly<Record<string, string>>;
  readonly at: string;
  readonly fires: 'yes' | 'no';
}

export function alertRules(
  input: StarterInput,
  name: string,
  alerts: readonly SampleAlert[],
): IPrometheusRule {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      groups: [
        {
          name,
          rules: alerts.map(each => ({
            alert: each.alert,
            expr: each.expr,
            for: each.for,
            labels: labelsOf(each),
            annotations: annotationsOf(input, each),
          })),
        },
      ],
    },
  };
}

export function alertTests(input: ModuleInput, name: string, alerts: readonly SampleAlert[]): FileTree {
  const tests = {
    rule_files: [`${name}.rules.yaml`],
    evaluation_interval: '1m',
    tests: alerts.flatMap(alert =>
      alert.cases.map(each => ({
        name: each.name,
        interval: '1m',
        input_series: Object.entries(each.series).map(([series, values]) => ({
          series: ofThisCluster(input, series),
          values,
        })),
        alert_rule_test: [
          {
            eval_time: each.at,
            alertname: alert.alert,
            exp_alerts:
              each.fires === 'yes'
                ? [{ exp_labels: labelsOf(alert), exp_annotations: annotationsOf(input, alert) }]
                : [],
          },
        ],
      })),
    ),
  };
  return new Map([[testPath(name), writeYaml([tests], { comment: testHeadline(input, name) })]]);
}

export function testPath(name: string): string {
  return `tests/slo/${name}.yaml`;
}

export function testHeadline(input: StarterInput, name: string): string {
  return headline(
    input,
    'platform-defaults',
    `Unit tests of platform-config/base/slo/${name}.yaml; scripts/validate.sh takes the rules out of it for promtool.`,
  );
}

function labelsOf({ severity }: SampleAlert) {
  return { severity, team: NAMESPACE };
}

function annotationsOf(input: StarterInput, { summary, description, runbook }: SampleAlert) {
  return {
    summary,
    description,
    runbook_url: `${repositoryUrl(input)}/blob/main/docs/runbooks/${runbook}.md`,
  };
}
