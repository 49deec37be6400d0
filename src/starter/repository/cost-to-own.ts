/** docs/cost-to-own.md: what this stack asks of its owners: what is patched, how often, who is woken, what can go again. */
import type { Component, Id } from '../../content/catalogue.ts';
import { markdownCell, markdownCodeCell, markdownLink, markdownRow } from '../../files/markdown.ts';
import type { ClusterParts } from '../cluster.ts';
import { beforeProduction } from '../environments/page.ts';
import { markdownHeadline, recordOf } from '../headline.ts';
import { answerOf, pickOf } from '../picks.ts';
import { supportDays } from './upgrade-days.ts';
import { usedParts } from './used-parts.ts';

export function costToOwnPage(parts: ClusterParts): string {
  const { input, contribution, images } = parts;
  const count = images.reduce((sum, { references }) => sum + references.length, 0);
  return `# What it costs to own

${markdownHeadline(input, 'platform-defaults', '../')}

A platform is never finished. This page counts what this one asks of its owners, so that it is decided and not found out.

## What has to be patched

- Kubernetes ${input.kubernetes}: ${kubernetesPace(parts)}
- ${count} images of ${images.length} sources (\`images.txt\`): Renovate offers new versions every week, and a patch that closes a hole is merged within days.
- ${input.clusters.length} ${input.clusters.length === 1 ? 'cluster, whose nodes are' : 'clusters, whose nodes are'} replaced with every new image: ${parts.pages.nodeImages}.

${markdownRow(['Part', 'Version', 'Kubernetes', 'Ends on', 'Record'])}
${markdownRow(Array(5).fill('---'))}
${usedParts(parts)
  .map(({ component, decision }) => componentRow(parts, component, decision))
  .join('\n')}

Where no end is named its project supports the newest minor version, or the newest two: a part that is not updated for half
a year counts as unsupported. Dates were read on the days that the table of versions names; look again before you rely on one.

## How often

${markdownRow(['What', 'About', 'Takes'])}
${markdownRow(Array(3).fill('---'))}
${markdownRow(['Updates of parts', 'every week', 'minutes each, once the checks pass'])}
${markdownRow(['New images of nodes', 'every month', 'nothing to watch, unless a budget holds a node'])}
${markdownRow(['A minor of Kubernetes', perYear(parts), `days: ${input.clusters.length === 1 ? 'the cluster' : 'one cluster after the other'}, with days in between`])}
${markdownRow(['Restoring as a drill', 'every three months', 'an afternoon'])}
${markdownRow(['Exceptions that expire', 'twice a year', 'an hour, see [the register](exceptions.yaml)'])}

The dates stand in the [calendar](upgrade-calendar.md).

## Who is woken

${onCall(parts)}

${contribution.runbooks.length} runbooks say what to do; an alert without one fails the checks.

## What the bill shows

${bill(parts)}

## What can go again

Every part was a decision, and each record names its way out. Least is bound by what nothing else rests on.

${markdownRow(['Decision', 'The way out', 'Record'])}
${markdownRow(Array(3).fill('---'))}
${exits(parts).join('\n')}
`;
}

function componentRow(
  { input }: ClusterParts,
  { title, version, kubernetes, endOfLife }: Component,
  decision: Id,
): string {
  const record = recordOf(input, decision);
  return markdownRow([
    markdownCell(title),
    markdownCodeCell(version),
    kubernetes === null ? 'not said' : `${kubernetes.from} to ${kubernetes.to}`,
    endOfLife ?? '-',
    record === null ? '-' : markdownLink(record.number, `../${record.path}`),
  ]);
}

function kubernetesPace({ input }: ClusterParts): string {
  const until = input.stack.versions.kubernetes?.supportedUntil ?? null;
  return until === null
    ? 'its end of support was not read; three minors come out a year.'
    : `supported until ${until}. Three minors come out a year; one that is skipped is upgraded through all the same.`;
}

/** From how far apart the ends of support of two minors lie. */
function perYear({ input }: ClusterParts): string {
  const days = supportDays(input);
  return days === null ? 'three times a year' : `every ${Math.round(days / 30)} months at least`;
}

function onCall({ input }: ClusterParts): string {
  switch (answerOf(input.stack, 'on-call')) {
    case 'around-the-clock':
      return 'Somebody is on call around the clock: critical alerts wake that person, warnings wait for the morning.';
    case 'none':
      return 'Nobody is on call. Critical alerts reach the receiver all the same: until somebody answers them, what breaks at night stays broken until the morning.';
    default:
      return 'Somebody is on call in business hours: what breaks outside of them waits, and the objectives have to allow for that.';
  }
}

interface Bill {
  /** How what the infrastructure makes is found in it. */
  readonly tags: string;
  /** Of control planes that the provider runs. */
  readonly byNamespace: string;
}

const BILLS: Readonly<Record<string, Bill>> = {
  aws: {
    tags: 'Every resource of `infra` carries the tags `cluster` and `environment`: activate both as cost allocation tags in the billing of the account.',
    byNamespace:
      'By namespace and workload the bill is split once split cost allocation data for EKS is activated there.',
  },
  azure: {
    tags: 'Every resource of `infra` carries the tags of its cluster and environment, by which cost analysis groups.',
    byNamespace: 'By namespace it is split where the cost analysis add-on of AKS is on.',
  },
  gcp: {
    tags: 'Every resource of `infra` carries the labels of its cluster and environment.',
    byNamespace:
      'By namespace and workload the billing export is split where cost allocation is on for the cluster.',
  },
};

function billed({ stack }: ClusterParts['input']): string {
  const { tags, byNamespace } = BILLS[String(answerOf(stack, 'cloud'))] ?? {};
  if (tags === undefined)
    return 'Hardware of your own sends no bill by namespace: divide what a node costs by the requests of the namespaces on it.';
  return pickOf(stack, 'control-plane') === 'self-managed'
    ? `${tags} It is not split by namespace: divide what a machine costs by the requests of the namespaces on it.`
    : `${tags} ${byNamespace}`;
}

/** No decision stands for a tool of its own, so none is installed. */
function bill({ input, pipeline }: ClusterParts): string {
  const before = pipeline === null ? '' : beforeProduction(input, pipeline.folder);
  return `${billed(input)}

Every namespace has an owner (\`app.kubernetes.io/part-of\`), and pods without requests are refused or given some, so that a share can be
counted at all. No tool for it runs in the cluster: the bill of the provider is what is paid, and a second opinion has to be kept up too.
What drives a bill beside nodes are traffic between zones, NAT and logs.${before}`;
}

function exits({ input }: ClusterParts): readonly string[] {
  return input.stack.outcomes.flatMap(outcome => {
    const decision = input.catalogue.decisions.find(({ id }) => id === outcome.decision);
    const record = recordOf(input, outcome.decision);
    if (outcome.status !== 'decided' || decision === undefined || outcome.pick === 'none') return [];
    return [
      markdownRow([
        markdownCell(decision.title),
        markdownCell(decision.exit),
        record === null ? '-' : markdownLink(record.number, `../${record.path}`),
      ]),
    ];
  });
}
