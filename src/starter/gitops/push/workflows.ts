/** .github/workflows/deliver.yaml and compare.yaml: who runs the scripts, as whom, from where, and when. */
import { workflowText } from '../../../files/workflow.ts';
import { yamlComment } from '../../../files/yaml.ts';
import type { Cluster } from '../../cluster-input.ts';
import { headline } from '../../headline.ts';
import type { ModuleInput } from '../../module.ts';
import type { PipelineAccess, PipelineIdentity } from '../../pipeline-access.ts';
import { checksJob, hasGates, movesBranch } from '../../promotion/gate.ts';
import { followsReleases, liesInHarbor, releaseRepository } from '../../promotion/release/release.ts';
import { anyRunner, runnerOf } from '../../runners.ts';
import { checkoutWithTools, signsInGh } from '../../workflow-steps.ts';
import { COMPARE, DELIVER, DELIVER_RELEASE } from './names.ts';

function watched(input: ModuleInput): readonly string[] {
  return followsReleases(input) ? ['releases/**'] : [...DELIVERED.map(folder => `${folder}/**`), DELIVER];
}

const DELIVERED = ['apps', 'clusters', 'delivery', 'platform', 'platform-config'];

export function deliverWorkflow(input: ModuleInput, access: PipelineAccess, parts: readonly Part[]): string {
  const comment = headline(
    input,
    'gitops',
    'Brings what was merged to one cluster after the other, each when its environment lets it.',
  );
  const jobs = input.clusters.flatMap((cluster, index) => {
    const before = input.clusters[index - 1];
    const delivering = parts.map((part, place) => {
      const earlier = place > 0 ? jobName(cluster, parts[place - 1]) : lastJob(input, before, parts);
      return job(input, access, {
        name: jobName(cluster, part),
        needs: earlier,
        cluster,
        identity: part,
        command: `${followsReleases(input) ? DELIVER_RELEASE : DELIVER} ${workflowText(cluster.name)} ${part}`,
      });
    });
    return hasGates(input) ? [...delivering, recorded(input, cluster, parts)] : delivering;
  });
  return `${yamlComment(comment)}
name: deliver
on:
  push:
    branches: [main]
    paths: [${watched(input)
      .map(path => `"${path}"`)
      .join(', ')}]
  workflow_dispatch:
permissions: {}
# One at a time, and never broken off halfway.
concurrency:
  group: deliver
  cancel-in-progress: false
jobs:
${hasGates(input) ? checksJob(input) : ''}${jobs.join('\n')}
`;
}

/** What has to be done before a cluster is the next; null where it is the first and nothing comes before. */
function lastJob(input: ModuleInput, before: Cluster | undefined, parts: readonly Part[]): string | null {
  if (before === undefined) return hasGates(input) ? 'checks' : null;
  return hasGates(input) ? recordName(before) : jobName(before, parts.at(-1));
}

const recordName = ({ name }: Cluster) => `${workflowText(name)}-delivered`;

/** Only once everything of a cluster is ready does Git say that it is there. */
function recorded(input: ModuleInput, cluster: Cluster, parts: readonly Part[]): string {
  return `  ${recordName(cluster)}:
    needs: [${jobName(cluster, parts.at(-1))}]
${movesBranch(input, cluster)}`;
}

export type Part = Extract<PipelineIdentity, 'platform' | 'apps'>;

function jobName({ name }: Cluster, part: Part | undefined): string {
  return `${workflowText(name)}-${part ?? 'platform'}`;
}

export function compareWorkflow(input: ModuleInput, access: PipelineAccess): string {
  const comment = headline(
    input,
    'gitops',
    'Every night: does a cluster still hold what stands in Git? What differs becomes an issue.',
  );
  const names = input.clusters.map(({ name }) => workflowText(name));
  const jobs = input.clusters.map(cluster =>
    job(input, access, {
      name: workflowText(cluster.name),
      needs: null,
      cluster,
      identity: 'compare',
      command: `${COMPARE} ${workflowText(cluster.name)}`,
    }),
  );
  return `${yamlComment(comment)}
name: compare
on:
  schedule:
    - cron: "11 4 * * *"
  workflow_dispatch:
permissions: {}
concurrency:
  group: compare
jobs:
${jobs.join('\n')}
  issue:
    if: always()
    needs: [${names.join(', ')}]
    runs-on: ${anyRunner(input)}
    timeout-minutes: 5
    permissions:
      issues: write
    steps:
      - env:
${signsInGh(input)}
          GH_REPO: \${{ github.repository }}
          TITLE: A cluster differs from Git
          DIFFERS: \${{ contains(needs.*.result, 'failure') }}
          RUN: \${{ github.server_url }}/\${{ github.repository }}/actions/runs/\${{ github.run_id }}
        run: |
          open="$(gh issue list --state open --limit 1000 --json number,title --jq 'map(select(.title == env.TITLE)) | .[0].number // empty')"
          if [ "$DIFFERS" = true ] && [ -z "$open" ]; then
            gh issue create --title "$TITLE" --body "$RUN says what differs, or why it could not be compared: docs/runbooks/delivery-failed.md."
          elif [ "$DIFFERS" = false ] && [ -n "$open" ]; then
            gh issue close "$open" --comment "Nothing differs any more: $RUN"
          fi
`;
}

interface Job {
  readonly name: string;
  readonly needs: string | null;
  readonly cluster: Cluster;
  readonly identity: PipelineIdentity;
  readonly command: string;
}

function job(
  input: ModuleInput,
  access: PipelineAccess,
  { name, needs, cluster, identity, command }: Job,
): string {
  const pulls = identity !== 'compare' && followsReleases(input) && !liesInHarbor(input);
  return `  ${name}:${needs === null ? '' : `\n    needs: [${needs}]`}
    # Only this environment may take this identity, and its rules say who lets the job in.
    environment: ${workflowText(access.environment(cluster, identity))}
    runs-on: ${runnerOf(input)}
    timeout-minutes: ${identity === 'compare' ? 30 : 55}
    permissions:
      contents: read
      id-token: write
${pulls ? '      packages: read\n' : ''}    steps:
${checkoutWithTools(input)}
${access.signIn(cluster)}
${pulls ? pullSecret(input) : ''}      - run: ${command}`;
}

/** The registry beside the repository asks who pulls. */
function pullSecret(input: ModuleInput): string {
  const [host = ''] = releaseRepository(input).split('/');
  return `      - env:
          GH_TOKEN: \${{ github.token }}
        run: oras login ${host} --username "$GITHUB_ACTOR" --password-stdin <<<"$GH_TOKEN"
`;
}
