/** docs/where-it-runs.md: the rule that says which workload goes to the serverless service and which to the cluster. */
import type { Id } from '../../content/catalogue.ts';
import { markdownCell, markdownLink, markdownRow, markdownText } from '../../files/markdown.ts';
import { markdownHeadline } from '../headline.ts';
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';
import { LIMITS } from '../serverless.ts';
import type { Limit } from '../serverless-service/limits.ts';
import { namesIn } from '../serverless-service/settings.ts';

export const PLACEMENT_PAGE = 'docs/where-it-runs.md';

/** Kinds of work that a cluster is kept for, and why. */
const ON_THE_CLUSTER: Readonly<Record<string, string>> = {
  stateful: 'keeps data on a disk of its own, which needs a stable identity and a volume',
  gpu: 'shares and queues GPUs',
  agent: 'has to run on every node',
};

export function placementPage(input: StarterInput, moved: ReadonlyMap<string, string>): string {
  const service = pickOf(input.stack, 'serverless-service') ?? '';
  const page = (path: string) => (moved.get(path) ?? path).replace(/^docs\//, '');
  return `# Where a workload runs

${markdownHeadline(input, 'platform', '../')}

This repository has two halves. A workload goes to **${markdownText(labelOf(input, 'serverless-service', service))}** unless something below sends it to the **cluster**: the serverless half has no nodes, no upgrades and costs less while idle.

## The rule

Ask in this order. The first yes sends the workload to the cluster; without one it is serverless.

1. Does it need the Kubernetes API: an operator, custom resources, a product sold as a Helm chart only?
2. Does it keep data on a disk of its own, need a GPU on a cluster, or have to run on every node?
3. Does it go beyond a limit of the serverless service?

${markdownRow(['Limit', 'Where it lies', 'Source'])}
${markdownRow(['---', '---', '---'])}
${(LIMITS[service] ?? []).map(limit => limitRow(input, limit)).join('\n')}

${named(kinds(input))}

Write the answers down where the workload is declared. When one of them changes, move the workload: both halves run the same images, so a move is a new description and a change of DNS.

## The two halves

- Serverless: [architecture](${page('docs/architecture.md')}), applied from \`infra\` by its own workflow \`deploy\`.
- Cluster: [architecture](architecture.md), applied by what Git says.

Both take images from a registry by digest or tag of this repository's accounts, both send alerts to the same receiver, and one set of records covers both.
They share no network: what one half calls in the other goes through its edge, with TLS. Give them accounts of their own, or leave out of the second one what an account can have only once: the trust in GitHub and the audit trail (\`github_provider\` and \`trail\` in \`infra/bootstrap\`, on AWS).
`;
}

function named(rows: readonly string[]): string {
  if (rows.length === 0) return 'The answers named no kind of workload.';
  const head = [markdownRow(['Kind of workload', 'Runs on', 'Because']), markdownRow(['---', '---', '---'])];
  return ['What the answers named:', '', ...head, ...rows].join('\n');
}

function kinds(input: StarterInput): readonly string[] {
  const named = namesIn(input, 'workload-kinds');
  const question = input.catalogue.questions.find(({ id }) => id === 'workload-kinds');
  const choices = question?.kind === 'multi' ? question.choices : [];
  return named.map(kind => {
    const label = choices.find(({ id }) => id === kind)?.label ?? kind;
    const because = ON_THE_CLUSTER[kind];
    return markdownRow([
      markdownCell(label),
      because === undefined ? 'serverless' : 'cluster',
      markdownCell(because === undefined ? 'fits, within the limits above' : `it ${because}`),
    ]);
  });
}

function limitRow({ catalogue }: StarterInput, { name, says, fact: id }: Limit): string {
  const fact = catalogue.facts.find(each => each.id === id);
  const source = fact === undefined ? markdownCell(id) : markdownLink(id, fact.source.url);
  return markdownRow([markdownCell(name), markdownCell(says), source]);
}

function labelOf({ catalogue }: StarterInput, decision: Id, pick: Id): string {
  const found = catalogue.decisions.find(({ id }) => id === decision);
  return found?.options.find(({ id }) => id === pick)?.label ?? pick;
}
