/** A service level objective as recording rules and multi-window burn-rate alerts, without any extra operator. */
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';

export interface Objective {
  readonly slo: string;
  readonly title: string;
  readonly namespace: string;
  readonly team: string;
  /** Share of good requests that is promised over 30 days, in per cent: 99.9. */
  readonly percent: number;
  /** The counter of all requests, and the matcher that leaves those that failed. */
  readonly counter: { readonly metric: string; readonly labels: Readonly<Record<string, string>> };
  readonly failed: string;
  readonly runbookUrl: (runbook: string) => string;
}

type Rule = NonNullable<NonNullable<NonNullable<IPrometheusRule['spec']>['groups']>[number]['rules']>[number];

const WINDOWS = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const;
type Window = (typeof WINDOWS)[number];
/** Burn so fast that 2, 5, 10 and 10 per cent of a 30-day budget are gone within the long window. */
const ALERTS: readonly {
  readonly severity: 'critical' | 'warning';
  readonly pairs: readonly { readonly factor: number; readonly long: Window; readonly short: Window }[];
}[] = [
  {
    severity: 'critical',
    pairs: [
      { factor: 14.4, long: '1h', short: '5m' },
      { factor: 6, long: '6h', short: '30m' },
    ],
  },
  {
    severity: 'warning',
    pairs: [
      { factor: 3, long: '1d', short: '2h' },
      { factor: 1, long: '3d', short: '6h' },
    ],
  },
];

/** The fastest burn must be possible at all: 14.4 times an error budget of 7 per cent is more than every request. */
export function burnRateRules(objective: Objective): IPrometheusRule {
  const budget = budgetOf(objective.percent);
  if (14.4 * budget >= 1) throw new Error(`an objective of ${objective.percent} % can never page`);
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: objective.slo, namespace: objective.namespace },
    spec: {
      groups: [
        {
          name: `${objective.slo}.ratios`,
          interval: '30s',
          rules: WINDOWS.map(window => ({
            record: ratio(window),
            // Without one failed request there is no such series, and without any request no ratio.
            expr: `(${rate(objective, window, objective.failed)} or vector(0)) / ${rate(objective, window)}`,
            labels: { slo: objective.slo },
          })),
        },
        {
          name: `${objective.slo}.alerts`,
          rules: [
            ...ALERTS.map(({ severity, pairs }) => burnAlert(objective, budget, severity, pairs)),
            silentAlert(objective),
          ],
        },
      ],
    },
  };
}

/** The counter's selector, narrowed by one more matcher where one is given. */
function series({ counter: { metric, labels } }: Objective, matcher?: string): string {
  const matchers = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return `${metric}{${[...matchers, ...(matcher === undefined ? [] : [matcher])].join(', ')}}`;
}

function rate(objective: Objective, window: Window, matcher?: string): string {
  return `sum(rate(${series(objective, matcher)}[${window}]))`;
}

function ratio(window: Window): string {
  return `slo:sli_error:ratio_rate${window}`;
}

/** 0.001 for 99.9, without the noise of binary fractions. */
function budgetOf(percent: number): number {
  return Number((1 - percent / 100).toFixed(9));
}

function burnAlert(
  { slo, title, team, percent, runbookUrl }: Objective,
  budget: number,
  severity: 'critical' | 'warning',
  pairs: (typeof ALERTS)[number]['pairs'],
): Rule {
  const selector = `{slo="${slo}"}`;
  const burns = pairs.map(({ factor, long, short }) => {
    const limit = `${factor} * ${budget}`;
    return `(${ratio(long)}${selector} > ${limit} and ${ratio(short)}${selector} > ${limit})`;
  });
  const page = severity === 'critical';
  return {
    alert: 'ErrorBudgetBurn',
    expr: burns.join(' or '),
    for: page ? '2m' : '15m',
    keep_firing_for: '5m',
    labels: { severity, slo, team },
    annotations: {
      summary: burnSummary(title, percent),
      description: `${BURN[severity]} {{ $value | humanizePercentage }} of requests fail.`,
      runbook_url: runbookUrl('slo-burn'),
    },
  };
}

export const BURN = {
  critical: 'At this rate the error budget of a month is gone within days:',
  warning: 'The error budget of a month will not last:',
} as const;

export function burnSummary(title: string, percent: number): string {
  return `${title} fails too often for its objective of ${percent} %`;
}

export const WITHOUT_DATA = 'Its pods are gone, or Prometheus cannot read them.';

/** No data is not good news: without it none of the alerts above can fire. */
function silentAlert(objective: Objective): Rule {
  const { slo, title, team, runbookUrl } = objective;
  return {
    alert: 'ObjectiveWithoutData',
    expr: `absent(${series(objective)})`,
    for: '10m',
    labels: { severity: 'critical', slo, team },
    annotations: {
      summary: `${title} reports no requests at all`,
      description: WITHOUT_DATA,
      runbook_url: runbookUrl('slo-burn'),
    },
  };
}
