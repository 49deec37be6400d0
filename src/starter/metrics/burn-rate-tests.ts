/** Unit tests for `promtool test rules`: each alert of an objective fires when it should and is silent when it should be. */
import { BURN, burnSummary, type Objective, WITHOUT_DATA } from './burn-rate.ts';

interface Case {
  readonly name: string;
  /** Failed and good requests per minute. */
  readonly failed: number;
  readonly good: number;
  readonly hours: number;
  readonly fires: readonly ('critical' | 'warning')[];
}

/** Written for an objective of 99.9 per cent: a budget of one failed request in a thousand. */
const CASES: readonly Case[] = [
  { name: 'a fast burn pages', failed: 5, good: 95, hours: 2, fires: ['critical', 'warning'] },
  { name: 'a slow burn opens a ticket', failed: 2, good: 998, hours: 8, fires: ['warning'] },
  { name: 'errors within the budget are silent', failed: 1, good: 1999, hours: 8, fires: [] },
  { name: 'no error at all is silent', failed: 0, good: 100, hours: 2, fires: [] },
];

export function burnRateTests(objective: Objective, rulesFile: string): unknown {
  return {
    rule_files: [rulesFile],
    evaluation_interval: '1m',
    tests: [...CASES.map(each => burnTest(objective, each)), silentTest(objective)],
  };
}

function burnTest(objective: Objective, { name, failed, good, hours, fires }: Case): unknown {
  return {
    name,
    interval: '1m',
    input_series: [counter(objective, '500', failed, hours), counter(objective, '200', good, hours)],
    alert_rule_test: [
      {
        eval_time: `${hours}h`,
        alertname: 'ErrorBudgetBurn',
        exp_alerts: fires.map(severity => ({
          exp_labels: { severity, slo: objective.slo, team: objective.team },
          exp_annotations: {
            summary: burnSummary(objective.title, objective.percent),
            description: `${BURN[severity]} ${percentage(failed, good)} of requests fail.`,
            runbook_url: objective.runbookUrl('slo-burn'),
          },
        })),
      },
      { eval_time: `${hours}h`, alertname: 'ObjectiveWithoutData', exp_alerts: [] },
    ],
  };
}

function silentTest({ slo, title, team, counter: { labels }, runbookUrl }: Objective): unknown {
  return {
    name: 'no data at all pages',
    interval: '1m',
    input_series: [],
    alert_rule_test: [
      {
        eval_time: '15m',
        alertname: 'ObjectiveWithoutData',
        exp_alerts: [
          {
            exp_labels: { severity: 'critical', slo, team, ...labels },
            exp_annotations: {
              summary: `${title} reports no requests at all`,
              description: WITHOUT_DATA,
              runbook_url: runbookUrl('slo-burn'),
            },
          },
        ],
      },
    ],
  };
}

function counter(
  { counter: { metric, labels } }: Objective,
  status: string,
  perMinute: number,
  hours: number,
) {
  const matchers = Object.entries({ ...labels, status }).map(([name, value]) => `${name}="${value}"`);
  return { series: `${metric}{${matchers.join(', ')}}`, values: `0+${perMinute}x${hours * 60}` };
}

/** As the template function humanizePercentage writes it: at most four digits. */
function percentage(failed: number, good: number): string {
  return `${Number(((100 * failed) / (failed + good)).toPrecision(4))}%`;
}
