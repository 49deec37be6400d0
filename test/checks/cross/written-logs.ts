/** Where a writer stands between the agent of the logs and Azure: it listens where the agent calls, and writes what the rule of Azure takes. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { documentsOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

const WRITER = 'platform/logs-writer/values.yaml';
const AGENT = 'delivery/platform-obs/logs-agent.yaml';
const RULE = 'infra/machines/pod-logs.tf';

export const writtenLogs: CrossCheck = {
  code: 'written-logs',
  says: 'What writes logs to Azure listens where the agent calls, and writes the stream and the columns that the rule takes.',
  check: tree => {
    const values = documentsOf(tree.get(WRITER) ?? '')[0];
    return values === undefined ? [] : [...listens(tree, values), ...writes(tree, values)];
  },
};

function listens(tree: FileTree, values: unknown): readonly Finding[] {
  const [, port = ''] = /http:\/\/logs-writer\.logging\.svc:(\d+)/.exec(tree.get(AGENT) ?? '') ?? [];
  const open = list(at(values, 'service', 'ports')).some(each => String(at(each, 'port')) === port);
  return open ? [] : [finding(AGENT, 'hands logs to a port at which nobody listens')];
}

function writes(tree: FileTree, values: unknown): readonly Finding[] {
  const rule = tree.get(RULE) ?? '';
  const stream = String(at(values, 'customConfig', 'sinks', 'azure', 'stream_name'));
  const source = String(at(values, 'customConfig', 'transforms', 'columns', 'source'));
  const columns = [...source.matchAll(/"(\w+)": \./g)].map(([, name = '']) => name);
  const known = new Set([...rule.matchAll(/^ {4}(\w+) += "(?:datetime|string)"$/gm)].map(([, name]) => name));
  return [
    ...(rule.includes(`stream_name = "${stream}"`)
      ? []
      : [finding(WRITER, `writes the stream ${stream}, which no rule takes`)]),
    ...columns
      .filter(name => name !== 'timestamp' && !known.has(name))
      .map(name => finding(WRITER, `writes ${name}, which is no column`)),
    ...(at(values, 'customConfig', 'sinks', 'azure', 'auth', 'azure_credential_kind') === 'workload_identity'
      ? []
      : [finding(WRITER, 'does not write as the identity of its service account')]),
  ];
}

function finding(place: string, message: string): Finding {
  return { code: 'written-logs', place, message };
}
