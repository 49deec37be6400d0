/** What people have to know of a pipeline that delivers: environments, failures, what it does not see. */
import type { Runbook } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { answerOf } from '../../picks.ts';
import type { PipelineAccess } from '../../pipeline-access.ts';
import { hasOnlyOwnRunners, ownRunnersStep, RUNNERS } from '../../runners.ts';
import type { Part } from './workflows.ts';

export function pushSteps(
  input: ModuleInput,
  access: PipelineAccess,
  parts: readonly Part[],
): readonly string[] {
  const named = (identities: readonly (Part | 'compare')[]) =>
    input.clusters
      .flatMap(cluster => identities.map(each => `\`${access.environment(cluster, each)}\``))
      .join(', ');
  return [
    `Make the environments ${named(parts)} in GitHub: branch main alone, and required reviewers where a cluster is not to change without them. ${access.variables}`,
    `Make the environments ${named(['compare'])} in the same way, but without reviewers: what they give compares every night and may change nothing.`,
    ...(hasOnlyOwnRunners(input) ? [] : [runnerStep(input)]),
  ];
}

/** How the machines come about that pipelines run on. */
export function runnerStep(input: ModuleInput): string {
  switch (answerOf(input.stack, 'ci-runner')) {
    case 'self-hosted':
      return ownRunnersStep(
        'bash, git, curl, tar, gzip, jq and the command line of GitHub (`gh`), and that of the cloud where there is one; what `mise.toml` names is installed by the job',
      );
    case 'hosted-in-network':
      return `Make the group of runners \`${RUNNERS}\` in GitHub, joined to the network of the clusters, and let this repository alone use it.`;
    default:
      return 'Runners of GitHub come from addresses that change: take larger runners with fixed addresses and let those in to the API, or the list of who may reach it has to name everybody.';
  }
}

export function deliveryFailed(input: ModuleInput): Runbook {
  const [{ name }] = input.clusters;
  return {
    id: 'delivery-failed',
    title: 'What is in Git does not reach the cluster',
    text: `\`.github/workflows/deliver.yaml\` runs \`scripts/deliver.sh\` for one cluster after the other. A step begins when everything before it
is ready, so the step that failed is the last line that begins with \`==\`, and nothing after it was touched.

1. The job waits and does not run: its environment asks for a reviewer, or no runner is there.
2. *Forbidden*: the identity of the job may not do that. For workloads, \`delivery/access/apps.yaml\` says what teams may bring; a new
   kind is let in there, by the platform.
3. *no matches for kind*: what brings the kind is in a later step of \`clusters/${name}/steps.yaml\`.
4. *timed out waiting*: \`kubectl -n NAMESPACE get pods,events\`. A chart that was broken off stands as *pending*:
   \`HELM_DRIVER=configmap helm -n NAMESPACE rollback NAME\`.
5. A commit that does not work is reverted in Git; the next run brings the older state back, and takes away what the newer one added.

The same script runs from anywhere that reaches the API, with the rights of whoever runs it: \`scripts/deliver.sh ${name} all\`.
What was delivered last, step by step and with its commit: \`kubectl -n delivery get configmaps -L commit\`.

## A cluster differs from Git

\`.github/workflows/compare.yaml\` runs \`scripts/compare.sh\` every night and opens an issue. It shows changes as a diff: lines with \`-\` are what is in
the cluster. Somebody changed it by hand: ask who, in the audit log of the API server, and put the change into Git or deliver again
(\`gh workflow run deliver.yaml\`). Nothing puts a change back by itself.

It does not see: objects that nobody ever had in Git, Secrets, kinds from \`Manifests\` in \`delivery/crds\`, and the rules of webhooks and admission
policies, of which it only sees whether they are there.

## What nobody removes

Namespaces, kinds and claims that fall out of Git stay, and the run says so: they would take along what lies in them. The same holds for
charts of the step \`crds\`.
`,
  };
}
