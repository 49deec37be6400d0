/** Rules for a store that keeps the metrics of several clusters and records none: each selector names its cluster, and what a rule would record stands where it is asked for. */
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { Component, ConfigFolder, Contribution } from '../contribution.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import type { ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';

type Whole = Required<Contribution>;

/** Labels by which a store outside tells clusters apart; none where each has a store of its own. */
export function labelsOfCluster({ stack, foundation }: ModuleInput): Readonly<Record<string, string>> {
  const outside = pickOf(stack, 'metrics') === 'managed-metrics' ? foundation.services?.metrics : undefined;
  return outside?.store === 'of-several-clusters' ? { cluster: '${CLUSTER_NAME}' } : {};
}

function matcherOf(input: ModuleInput): string | null {
  const matchers = Object.entries(labelsOfCluster(input)).map(([label, value]) => `${label}="${value}"`);
  return matchers.length === 0 ? null : matchers.join(', ');
}

/** An expression as the store has to be asked. */
export function ofThisCluster(input: ModuleInput, expr: string): string {
  const matcher = matcherOf(input);
  return matcher === null ? expr : within(expr, matcher, new Map());
}

export function asTheStoreJudges(input: ModuleInput, whole: Whole): Whole {
  const matcher = matcherOf(input);
  if (matcher === null) return whole;
  const judged = <T extends Component | ConfigFolder>(part: T): T =>
    part.objects === undefined ? part : { ...part, objects: rulesWith(part.objects, matcher) };
  return {
    ...whole,
    components: whole.components.map(judged),
    config: whole.config.map(judged),
    apps: whole.apps.map(judged),
  };
}

function rulesWith(objects: ConfigFolder['objects'], matcher: string): ConfigFolder['objects'] {
  return Object.fromEntries(
    Object.entries(objects).map(([file, list]) => [
      file,
      list.map(object => (isRules(object) ? narrowed(object, matcher) : object)),
    ]),
  );
}

function isRules(object: KubernetesObject): object is IPrometheusRule & KubernetesObject {
  return object.kind === 'PrometheusRule';
}

function narrowed(rules: IPrometheusRule & KubernetesObject, matcher: string): KubernetesObject {
  const groups = rules.spec?.groups ?? [];
  const records = new Map(
    groups.flatMap(group =>
      (group.rules ?? []).flatMap(({ record, expr }) =>
        record === undefined ? [] : [[record, String(expr)] as const],
      ),
    ),
  );
  const alerting = groups.flatMap(group => {
    const alerts = (group.rules ?? []).filter(({ alert }) => alert !== undefined);
    return alerts.length === 0
      ? []
      : [
          {
            ...group,
            rules: alerts.map(rule => ({ ...rule, expr: within(String(rule.expr), matcher, records) })),
          },
        ];
  });
  return { ...rules, spec: { ...rules.spec, groups: alerting } } as KubernetesObject;
}

/** Text, lists of labels, selectors, ranges, numbers with their unit, names, and what stands between. */
const PARTS =
  /"(?:[^"\\]|\\.)*"|\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)|\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\}|\[[^\]]*\]|\d[\w.]*|[a-zA-Z_:][\w:]*|[\s\S]/g;
const WORDS: ReadonlySet<string> = new Set(
  `and or unless bool offset by without on ignoring group_left group_right inf nan
  sum min max avg group stddev stdvar count count_values bottomk topk quantile`.split(/\s+/),
);

/** The expression with the matcher in every selector, and with the expressions of `records` in the place of their names. */
export function within(expr: string, matcher: string, records: ReadonlyMap<string, string>): string {
  const parts = expr.match(PARTS) ?? [];
  return parts
    .map((part, index) => {
      const before = parts[index - 1] ?? '';
      if (part.startsWith('{')) return records.has(before) ? '' : withMatcher(part, matcher);
      const recorded = records.get(part);
      if (recorded !== undefined) return `(${within(recorded, matcher, records)})`;
      const next = parts.slice(index + 1).find(each => each.trim() !== '');
      return isMetric(part, next) && next?.startsWith('{') !== true ? `${part}{${matcher}}` : part;
    })
    .join('');
}

function isMetric(part: string, next: string | undefined): boolean {
  return /^[a-zA-Z_:][\w:]*$/.test(part) && !WORDS.has(part) && next !== '(';
}

function withMatcher(selector: string, matcher: string): string {
  const own = selector.slice(1, -1).trim();
  if (own.split(/,\s*/).includes(matcher)) return selector;
  return own === '' ? `{${matcher}}` : `{${matcher}, ${own}}`;
}
