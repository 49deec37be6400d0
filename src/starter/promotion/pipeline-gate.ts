/** Pipeline gate: environments of GitHub with reviewers, in order; behind each stands one cluster. */
import { workflowText } from '../../files/workflow.ts';
import { yamlComment } from '../../files/yaml.ts';
import type { Cluster } from '../cluster-input.ts';
import type { Contribution, Runbook } from '../contribution.ts';
import { headline } from '../headline.ts';
import type { ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';
import { checksJob, deliveredBranch, movesBranch } from './gate.ts';

const DECISION = 'promotion';
const WORKFLOW = '.github/workflows/promote.yaml';

/** Where the pipeline delivers, its own jobs are the gates. */
export function pipelineGate(input: ModuleInput): Contribution {
  const pushed = pickOf(input.stack, 'gitops') === 'push';
  const path = pushed ? '.github/workflows/deliver.yaml' : WORKFLOW;
  return {
    ...(pushed ? {} : { files: new Map([[WORKFLOW, promoteWorkflow(input)]]) }),
    runbooks: [runbook(input, pushed)],
    checks: [
      {
        decision: DECISION,
        says: 'Every cluster has a gate of its own, and they open one after the other.',
        command: `grep -q 'refs/heads/${deliveredBranch(input.clusters.at(-1) ?? input.clusters[0])}' ${path}`,
        path,
      },
    ],
    nextSteps: [
      ...(pushed
        ? []
        : [
            `Make the environments ${input.clusters.map(cluster => `\`${gate(cluster)}\``).join(', ')} in GitHub, for the branch main alone, with required reviewers where a cluster is not to change without them. Run \`gh workflow run promote.yaml\` before scripts/bootstrap.sh: a cluster follows its branch, which has to be there.`,
          ]),
      'Make a rule in the settings of the repository that nobody but its workflows may push to `delivered/*`, and that none of these branches may go back.',
    ],
  };
}

function gate({ name }: Cluster): string {
  return `promote-${name}`;
}

function promoteWorkflow(input: ModuleInput): string {
  const comment = headline(
    input,
    DECISION,
    'Moves a commit whose checks have passed from one cluster to the next, each when its environment lets it.',
  );
  const jobs = input.clusters.map((cluster, index) => job(input, cluster, input.clusters[index - 1]));
  return `${yamlComment(comment)}
name: promote
on:
  push:
    branches: [main]
  workflow_dispatch:
permissions: {}
# A newer commit waits for the gates of an older one, and is then the only one that is left.
concurrency:
  group: promote
  cancel-in-progress: false
jobs:
${checksJob(input)}${jobs.join('\n')}
`;
}

function job(input: ModuleInput, cluster: Cluster, before: Cluster | undefined): string {
  return `  ${workflowText(cluster.name)}:
    needs: [${before === undefined ? 'checks' : workflowText(before.name)}]
    # Its reviewers are the gate.
    environment: ${gate(cluster)}
${movesBranch(input, cluster)}`;
}

function runbook(input: ModuleInput, pushed: boolean): Runbook {
  const names = input.clusters.map(({ name }) => name);
  const [first] = input.clusters;
  const last = input.clusters.at(-1) ?? first;
  const workflow = pushed ? 'deliver.yaml' : 'promote.yaml';
  return {
    id: 'promotion',
    title: 'A gate does not open, or opened too early',
    text: `\`.github/workflows/${workflow}\` takes a commit of main from cluster to cluster: ${names.join(', then ')}. What each stands at is a branch of Git:
\`git log -1 origin/${deliveredBranch(last)}\`. ${
      pushed
        ? 'The branch moves when everything of that cluster is delivered and ready.'
        : 'The cluster follows its branch; nothing else tells it what to run.'
    }

1. *Waiting for review*: the reviewers of the environment have been asked. Show them that it runs where it was before: no alert since, and
   \`${input.delivery.state}\` there.
2. The first job fails: \`scripts/validate.sh\` says why, on your own machine as well. Nothing has moved.
3. *Non-fast-forward*: the branch holds a commit that main does not. Somebody pushed to it: see who, and take that away in a pull request.
4. It was wrong: revert the commit on main, and let the gates through once more. A branch never goes back by itself.

In an emergency the reviewers of ${last.name} may approve at once; the run says who did.
`,
  };
}
