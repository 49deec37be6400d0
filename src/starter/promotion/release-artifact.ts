/** Release artifact: built and signed once, then promoted by its digest, which each cluster or its pipeline verifies. */
import { yamlComment } from '../../files/yaml.ts';
import type { Contribution } from '../contribution.ts';
import { isClosedInCloud } from '../egress/no-egress/closed.ts';
import { runnerStep } from '../gitops/push/pages.ts';
import { headline } from '../headline.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { answerOf, pickOf } from '../picks.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { script } from '../repository/common-files.ts';
import { hasOnlyOwnRunners } from '../runners.ts';
import { terraformText } from '../terraform.ts';
import { cloudKey } from './release/cloud-key.ts';
import { releaseRunbook, releaseSteps } from './release/pages.ts';
import {
  liesInHarbor,
  NO_RELEASE,
  PROMOTE_WORKFLOW,
  RELEASE_WORKFLOW,
  releasePath,
  SIGNER,
  signsWithKey,
  vaultIsThere,
} from './release/release.ts';
import { deliverReleaseScript, promoteScript, verifyReleaseScript } from './release/scripts.ts';
import { promotedWorkflow, promoteWorkflow, releaseWorkflow } from './release/workflows.ts';

const DECISION = 'promotion';

export function releaseArtifact(input: ModuleInput): Contribution | NotGenerated {
  if (pickOf(input.stack, 'gitops') === 'argo-cd')
    return {
      notGenerated:
        'Argo CD checks no signature of an artifact (argoproj/argo-cd#22609) and reads the values of charts from Git alone (#24376), so nothing but the pipeline would have verified what runs: each environment has a folder in Git instead.',
    };
  if (isClosedInCloud(input))
    return {
      notGenerated:
        'Releases lie in the registry beside the repository, and who signed one is proven by a public log: nothing in this network reaches either. scripts/hand-over.sh hands a reviewed commit over to each cluster instead.',
    };
  const key = cloudKey(input);
  if (signsWithKey(input) && key === null && !vaultIsThere(input))
    return {
      notGenerated:
        'Without a way to the log of Sigstore a release is signed with a key, and on hosts of your own only Vault signs without handing it to a pipeline: each environment has a folder in Git instead.',
    };
  const pushed = pickOf(input.stack, 'gitops') === 'push';
  const names = input.clusters.map(({ name }) => name);
  const comment = (says: string) => yamlComment(headline(input, DECISION, says));
  const files = new Map<string, string>([
    [RELEASE_WORKFLOW, releaseWorkflow(input)],
    ['scripts/verify-release.sh', script(comment(''), verifyReleaseScript(input))],
    ['scripts/promote.sh', script(comment(''), promoteScript(names))],
    ...input.clusters.map(
      cluster =>
        [
          releasePath(cluster),
          `${comment(`The release that the cluster ${cluster.name} stands at; scripts/promote.sh changes it, and merging that is the promotion.`)}\n${NO_RELEASE}\n`,
        ] as const,
    ),
  ]);
  if (names.length > 1) files.set(PROMOTE_WORKFLOW, promoteWorkflow(input));
  if (pushed) files.set('scripts/deliver-release.sh', script(comment(''), deliverReleaseScript(input)));
  else files.set('.github/workflows/promoted.yaml', promotedWorkflow(input));
  if (key !== null)
    files.set(
      key.file,
      terraformText(
        input,
        DECISION,
        `The key that signs releases stays in ${key.keeper}; the pipeline may sign with it and nothing else.`,
        key.code,
      ),
    );
  if (signsWithKey(input)) files.set(SIGNER, `${TOKENS.releaseKey}\n`);
  return {
    files,
    placeholders: signsWithKey(input)
      ? [
          {
            token: TOKENS.releaseKey,
            meaning: `The public half of the key that signs releases, as \`cosign public-key --key ${key?.reference ?? 'hashivault://release'}\` prints it; the whole file.`,
            example: '-----BEGIN PUBLIC KEY-----',
          },
        ]
      : [],
    runbooks: [releaseRunbook(input)],
    checks: [
      {
        decision: DECISION,
        says: 'Every cluster has a file that says by digest which release it stands at.',
        command: `grep -qE '^sha256:[0-9a-f]{64}$' ${names.map(name => `releases/${name}`).join(' ')}`,
        path: `releases/${names[0]}`,
      },
      {
        decision: DECISION,
        says: 'A release is signed where it is built, and only what passes every check is built.',
        command: `grep -q 'cosign sign' ${RELEASE_WORKFLOW}`,
        path: RELEASE_WORKFLOW,
      },
      {
        decision: DECISION,
        says: 'Nothing is promoted whose signature is not that of the release workflow.',
        command: "grep -q 'scripts/verify-release.sh' scripts/promote.sh",
        path: 'scripts/promote.sh',
      },
    ],
    firstSteps: [...runners(input), ...releaseSteps(input, liesInHarbor(input))],
  };
}

/** Who releases has to reach Harbor; where a pipeline delivers as well, its own steps name the runners, and so do those of a closed network. */
function runners(input: ModuleInput): readonly string[] {
  if (hasOnlyOwnRunners(input)) return [];
  const isOutside = answerOf(input.stack, 'ci-runner') === 'hosted-public';
  return liesInHarbor(input) && !isOutside && pickOf(input.stack, 'gitops') !== 'push'
    ? [runnerStep(input)]
    : [];
}
