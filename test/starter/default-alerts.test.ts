/** The alerts that come with kube-prometheus-stack: each was judged, and page, values and the chart's list say the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { catalogue, starterOf } from './platform-aws.ts';

interface ChartAlert {
  readonly alert: string;
  readonly group: string;
  readonly severities: readonly string[];
}
const LIST = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/charts/kube-prometheus-stack-alerts.json'), 'utf8'),
) as { readonly version: string; readonly alerts: readonly ChartAlert[] };

const PAGE = 'docs/runbooks/default-alerts.md';
const VALUES = 'platform/kube-prometheus-stack/values.yaml';

const STACKS = {
  'on EKS with Karpenter': starterOf('platform-aws').files,
  'on GKE Standard': starterOf('ride-dispatch-gcp').files,
  'on Autopilot': starterOf('concert-tickets-gcp', { pins: { metrics: 'kube-prometheus-stack' } }).files,
  "on hosts of one's own": starterOf('onprem-airgap').files,
} as const;
type Tree = (typeof STACKS)['on GKE Standard'];

test('the list is that of the version in the table of releases', () => {
  const { chart } = catalogue.releases.components.find(({ id }) => id === 'kube-prometheus-stack') ?? {};
  expect(LIST.version).toBe(chart?.version);
});

describe.each(Object.entries(STACKS))('%s', (_name, files) => {
  const rows = rowsOf(files);
  const values = valuesOf(files);

  test('the page has every alert of the chart once, with its severity, a verdict and a reason', () => {
    const sorted = (list: readonly { alert: string; severity: string }[]) =>
      list.map(({ alert, severity }) => `${alert} ${severity}`).sort();
    expect(sorted(rows)).toEqual(
      sorted(LIST.alerts.map(({ alert, severities }) => ({ alert, severity: severities.join(', ') }))),
    );
    for (const { verdict, why, first } of rows) {
      expect(verdict).toMatch(/^(?:kept|muted|changed: .+)$/);
      expect(why).toMatch(/\w.*[.]$/);
      expect(first === '-').toBe(verdict === 'muted');
    }
  });

  test('the values keep, change and mute what the page says', () => {
    for (const { alert, verdict } of rows) {
      const group = LIST.alerts.find(each => each.alert === alert)?.group ?? '';
      const muted =
        values.defaultRules.disabled[alert] === true || values.defaultRules.rules[group] === false;
      expect([alert, muted]).toEqual([alert, verdict === 'muted']);
      expect([alert, alert in values.customRules]).toEqual([alert, verdict.startsWith('changed')]);
    }
    const known = LIST.alerts.map(({ alert }) => alert);
    expect(known).toEqual(expect.arrayContaining(Object.keys(values.defaultRules.disabled)));
  });

  test('every alert that stays links to its table', () => {
    const headings = [...(files.get(PAGE) ?? '').matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    for (const { alert, verdict } of rows.filter(row => row.verdict !== 'muted')) {
      const group = LIST.alerts.find(each => each.alert === alert)?.group ?? '';
      const { runbook_url: url = '' } = values.defaultRules.additionalRuleGroupAnnotations[group] ?? {};
      expect([alert, verdict, headings.includes(url.split(`${PAGE}#`)[1] ?? '')]).toEqual([
        alert,
        verdict,
        true,
      ]);
    }
  });
});

test('what nobody can see or repair is muted, and what one runs oneself is not', () => {
  const verdict = (stack: keyof typeof STACKS, alert: string) =>
    rowsOf(STACKS[stack]).find(row => row.alert === alert)?.verdict;
  expect(verdict('on EKS with Karpenter', 'KubeAPIErrorBudgetBurn')).toBe('changed: warning');
  expect(verdict("on hosts of one's own", 'KubeAPIErrorBudgetBurn')).toBe('kept');
  expect(verdict('on GKE Standard', 'NodeRAIDDegraded')).toBe('muted');
  expect(verdict("on hosts of one's own", 'NodeRAIDDegraded')).toBe('kept');
  expect(verdict('on GKE Standard', 'NodeFilesystemAlmostOutOfSpace')).toBe('kept');
  expect(verdict('on Autopilot', 'NodeFilesystemAlmostOutOfSpace')).toBe('muted');
  expect(verdict('on EKS with Karpenter', 'KubeCPUOvercommit')).toBe('muted');
});

function rowsOf(files: Tree) {
  return [
    ...(files.get(PAGE) ?? '').matchAll(/^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| (.+?) \| (.+) \|$/gm),
  ].map(([, alert = '', severity = '', verdict = '', why = '', first = '']) => ({
    alert,
    severity,
    verdict,
    why,
    first,
  }));
}

interface Values {
  readonly defaultRules: {
    readonly rules: Readonly<Record<string, boolean>>;
    readonly disabled: Readonly<Record<string, boolean>>;
    readonly additionalRuleGroupAnnotations: Readonly<Record<string, { readonly runbook_url?: string }>>;
  };
  readonly customRules: Readonly<Record<string, unknown>>;
}

function valuesOf(files: Tree): Values {
  return parse(files.get(VALUES) ?? '') as Values;
}
