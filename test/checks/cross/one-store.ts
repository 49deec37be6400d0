/** Machines of Google Cloud whose telemetry Google keeps: rules ask for the series of their cluster, logs go where the bucket looks, agents may hand over. */
import { parser } from '@prometheus-io/lezer-promql';
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { documentsOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

const POLICIES = 'infra/machines/metric-rules.tf';
const BUCKET = 'infra/machines/logs.tf';
const OF_THE_CLUSTER = 'cluster="${CLUSTER_NAME}"';

export const oneStore: CrossCheck = {
  code: 'one-store',
  says: 'What clusters of a project share at Google is told apart, and every agent has the right for its signal.',
  check: tree => [...rules(tree), ...logs(tree), ...rights(tree)],
};

function rules(tree: FileTree): readonly Finding[] {
  if (tree.get(POLICIES)?.includes('google_monitoring_alert_policy') !== true) return [];
  return [...tree].flatMap(([file, text]) =>
    /^platform(?:-config)?\/.*\.yaml$/.test(file)
      ? documentsOf(text)
          .filter(object => at(object, 'kind') === 'PrometheusRule')
          .flatMap(object => list(at(object, 'spec', 'groups')).flatMap(({ rules: own }) => list(own)))
          .flatMap(({ alert, record, expr }) => [
            ...(record === undefined ? [] : [finding(file, `records ${String(record)}, which nobody does`)]),
            ...selectorsOf(String(expr))
              .filter(selector => !selector.includes(OF_THE_CLUSTER))
              .map(selector => finding(file, `${String(alert)} asks for ${selector} of every cluster`)),
          ])
      : [],
  );
}

function selectorsOf(expr: string): readonly string[] {
  const selectors: string[] = [];
  parser.parse(expr).iterate({
    enter: ({ name, from, to }) => {
      if (name === 'VectorSelector') selectors.push(expr.slice(from, to));
    },
  });
  return selectors;
}

/** The sink knows the logs of the agent by their name alone. */
function logs(tree: FileTree): readonly Finding[] {
  const bucket = tree.get(BUCKET);
  if (bucket?.includes('google_logging_project_sink') !== true) return [];
  const taken = /logName=\\"projects\/\$\{var\.project_id\}\/logs\/\$\{var\.cluster_name\}([\w-]+)\\"/.exec(
    bucket,
  )?.[1];
  const named = tree.get('platform/logs-agent/values.yaml') ?? '';
  return taken !== undefined && named.includes(`sys.env("CLUSTER_NAME") + "${taken}\\")`)
    ? []
    : [finding(BUCKET, 'takes logs of a name that the agent does not give them')];
}

function rights(tree: FileTree): readonly Finding[] {
  return ['traces', 'metrics', 'logs'].flatMap(signal => {
    const agent = `platform/${signal}-agent/values.yaml`;
    const account = `infra/machines/${signal}-agent.tf`;
    const hands = tree.get(agent)?.includes('otelcol.auth.google') === true;
    if (!hands || !tree.has('infra/machines/identity.tf')) return [];
    return tree.get(account)?.includes(`roles/telemetry.${signal}Writer`) === true
      ? []
      : [finding(agent, `hands over ${signal}, and ${account} does not let it`)];
  });
}

function finding(place: string, message: string): Finding {
  return { code: 'one-store', place, message };
}
