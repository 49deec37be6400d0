/** docs/day-2.md: what comes back every week, month and quarter, and how a service is added. */
import { markdownCell, markdownRow } from '../../files/markdown.ts';
import type { ClusterParts } from '../cluster.ts';
import { markdownHeadline } from '../headline.ts';
import { hasFolders } from '../promotion/folder-per-environment.ts';

export function dayTwoPage(parts: ClusterParts): string {
  const { input, pages } = parts;
  const { kubernetes } = input.stack.versions;
  const until = kubernetes?.supportedUntil ?? null;
  return `# Day two

${markdownHeadline(input, 'platform-defaults', '../')}

## What comes back

${markdownRow(['When', 'What', 'Where'])}
${markdownRow(Array(3).fill('---'))}
${rows(parts, until)
  .map(row => markdownRow(row))
  .join('\n')}

## A new service

${newService(parts)}

## Changing a version

Renovate opens a pull request with the new version; the pipelines render and check it. ${afterMerge(parts)}
Going back is a revert in Git, except for Kubernetes itself and for CRDs.

## Access

${pages.access} A change by hand lasts ${input.delivery.undone}.
`;
}

/** Which clusters a merge changes, and what stands between the first and the last of them. */
function afterMerge({ input, contribution }: ClusterParts): string {
  const { clusters } = input;
  const has = (page: string) => contribution.runbooks.some(({ id }) => id === page);
  if (hasFolders(input))
    return `A merge brings it to every cluster:
[have the first one try it](runbooks/promotion.md) where that is too soon.`;
  if (has('promotion'))
    return `After the merge it waits at the gate of each cluster:
watch one for a day before [the next gate opens](runbooks/promotion.md).`;
  if (has('release'))
    return `After the merge it is part of the next release:
watch the first cluster for a day before [that is promoted](runbooks/release.md).`;
  return clusters.length === 1
    ? 'Merge it, and watch the cluster for a day.'
    : 'A merge brings it to every cluster:\nwatch them for a day.';
}

function rows(
  { pipeline, pages: { nodeImages } }: ClusterParts,
  until: string | null,
): readonly (readonly string[])[] {
  return [
    ['every week', 'merge what Renovate offers', 'pull requests'],
    pipeline === null
      ? [
          'every month',
          'hold the hosts against what this repository says of them',
          '`scripts/host-config.sh`',
        ]
      : ['every week', 'look at the plan that drifted', '`.github/workflows/drift.yaml`'],
    ['every month', 'new images for the nodes', nodeImages],
    [
      'every quarter',
      'waivers of linters, open ports, quotas',
      '`policies`, [architecture](architecture.md)',
    ],
    [
      until === null ? 'twice a year' : markdownCell(`before ${until}`),
      'the next minor of Kubernetes',
      '[upgrade](runbooks/upgrade-cluster.md)',
    ],
    ['twice a year', 'lose a zone on purpose', '[drain](runbooks/node-drain.md)'],
  ];
}

function newService({ contribution, input }: ClusterParts): string {
  const [sample] = contribution.apps;
  if (contribution.apps.some(({ id }) => id === 'demo-web'))
    return '`scripts/new-service.sh` makes one from the sample: [your first service](first-service.md).';
  return `1. Copy \`apps/base/${sample?.id ?? 'NAME'}\` and change its names everywhere.
2. Copy \`platform/namespaces/demo.yaml\`, with the quota that the team needs, and add both to their \`kustomization.yaml\`.
3. Say what it may reach: a policy here and one at the other end.
4. Say what it promises: copy its rules in \`platform-config/base/slo\` and their test in \`tests/slo\`.
5. \`scripts/validate.sh\`, then a pull request. After the merge ${input.delivery.name} applies it ${input.delivery.arrives}.`;
}
