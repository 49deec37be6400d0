/** Parses every expression of every rule, and holds each alert to what a page needs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import type { FileTree } from '../../src/files/tree.ts';
import type { Finding } from './finding.ts';
import { manifestsOf } from './yaml-files.ts';

interface RuleSpec {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly {
      readonly alert?: string;
      readonly record?: string;
      readonly expr: string;
      readonly labels?: Readonly<Record<string, string>>;
      readonly annotations?: Readonly<Record<string, string>>;
    }[];
  }[];
}

export function checkPromql(tree: FileTree): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { file, object } of manifestsOf(tree)) {
    if (!['ClusterRules', 'PrometheusRule'].includes(object.kind)) continue;
    const { groups } = object.spec as RuleSpec;
    const names = groups.map(({ name }) => name);
    const recorded = new Set(groups.flatMap(({ rules }) => rules.map(({ record }) => record ?? '')));
    if (new Set(names).size < names.length)
      findings.push({ code: 'group', place: file, message: 'two groups have one name' });
    for (const { rules } of groups) {
      for (const { alert, record, expr, labels, annotations } of rules) {
        const place = `${file}: ${alert ?? record}`;
        const problem = promqlProblem(expr);
        if (problem !== null) findings.push({ code: 'promql', place, message: problem });
        for (const name of metricsIn(expr))
          if (!KNOWN.has(name) && !recorded.has(name))
            findings.push({
              code: 'metric',
              place,
              message: `${name} is exported by nothing that test/checks/known-metrics.yaml names`,
            });
        for (const message of impossible(expr)) findings.push({ code: 'never-fires', place, message });
        if (alert !== undefined) findings.push(...alertProblems(tree, place, labels, annotations));
      }
    }
  }
  return findings;
}

/** A ratio of errors is never above one: 14.4 times the budget of an objective below 93.06 % is more than all requests. */
function impossible(expr: string): readonly string[] {
  return [...expr.matchAll(/sli_error:\S+ > ([\d.]+) \* ([\d.]+)/g)].flatMap(([, factor, budget]) => {
    const limit = Number(factor) * Number(budget);
    const objective = Number(((1 - Number(budget)) * 100).toFixed(3));
    return limit < 1
      ? []
      : [`${factor} times the budget of ${objective} % is ${limit.toFixed(2)}: more than all requests`];
  });
}

/** Names of metrics by what exports them; a name from memory is the mistake that nothing else sees. */
export const KNOWN_METRICS = parse(readFileSync(join(import.meta.dirname, 'known-metrics.yaml'), 'utf8')) as {
  readonly metrics: readonly { readonly by: string; readonly names: readonly string[] }[];
};
const KNOWN: ReadonlySet<string> = new Set(KNOWN_METRICS.metrics.flatMap(({ names }) => names));

/** The names that an expression asks for. */
export function metricsIn(expr: string): readonly string[] {
  const names = new Set<string>();
  parser.parse(expr).iterate({
    enter: ({ name, node }) => {
      if (name !== 'VectorSelector') return;
      const own = node.getChild('Identifier');
      if (own !== null) names.add(expr.slice(own.from, own.to));
    },
  });
  return [...names];
}

/** Where the expression stops making sense; null where it does not. */
export function promqlProblem(expr: string): string | null {
  if (expr.trim() === '') return 'is empty';
  let problem: string | null = null;
  parser.parse(expr).iterate({
    enter: node => {
      if (node.type.isError)
        problem ??= `at ${node.from}: ${expr.slice(Math.max(0, node.from - 20), node.to + 20)}`;
    },
  });
  return problem;
}

function alertProblems(
  tree: FileTree,
  place: string,
  labels: Readonly<Record<string, string>> = {},
  annotations: Readonly<Record<string, string>> = {},
): readonly Finding[] {
  const findings: Finding[] = [];
  if (!['critical', 'warning'].includes(labels.severity ?? ''))
    findings.push({ code: 'severity', place, message: `has the severity ${labels.severity}` });
  for (const field of ['summary', 'description', 'runbook_url']) {
    if (annotations[field] === undefined)
      findings.push({ code: 'annotation', place, message: `has no ${field}` });
  }
  const runbook = /docs\/runbooks\/.+$/.exec(annotations.runbook_url ?? '')?.[0];
  if (runbook === undefined || !tree.has(runbook))
    findings.push({
      code: 'runbook',
      place,
      message: `names no page of this tree: ${annotations.runbook_url}`,
    });
  return findings;
}
