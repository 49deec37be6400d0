/** All files of a repository with clusters: what the modules gave, the pages about it, scripts and workflows. */
import { mergeTrees } from '../../files/tree.ts';
import type { ClusterParts } from '../cluster.ts';
import { isClosedByHouse } from '../egress/no-egress/closed.ts';
import { PACK_TOOLS } from '../egress/no-egress/pack-tools-script.ts';
import { commented, headline } from '../headline.ts';
import type { ModuleInput } from '../module.ts';
import { namesInWords } from '../names-in-words.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { architecturePage } from './architecture.ts';
import { checkov } from './checkov.ts';
import { script } from './common-files.ts';
import { dayTwoPage } from './day-two.ts';
import { operationsFiles } from './operations.ts';
import type { DraftPart } from './placeholders.ts';
import { runbookPages } from './runbooks.ts';
import { bootstrapScript } from './scripts/bootstrap.ts';
import { workflows } from './workflows.ts';

export function clusterRepository(parts: ClusterParts): DraftPart {
  const { input, contribution } = parts;
  const comment = commented(headline(input, 'platform-defaults'));
  const tree = mergeTrees(
    contribution.files,
    workflows(parts),
    runbookPages(parts),
    new Map([
      ['docs/architecture.md', architecturePage(parts)],
      ['docs/day-2.md', dayTwoPage(parts)],
      ['policies/checkov.yaml', `${comment}\n${checkov(parts)}`],
      ['scripts/bootstrap.sh', script(comment, bootstrapScript(parts))],
    ]),
  );
  return {
    files: mergeTrees(tree, operationsFiles(parts, tree)),
    placeholders: [
      ...contribution.placeholders,
      {
        token: TOKENS.domain,
        meaning: 'The domain that all names of the platform lie in; replace the whole name.',
        example: 'shop.acme.example',
      },
    ],
    checks: contribution.checks,
    nextSteps: [...nextSteps(parts), ...contribution.nextSteps, ...lastSteps(parts)],
  };
}

function nextSteps({ input, pages, contribution }: ClusterParts): readonly string[] {
  const [first] = input.clusters;
  return [
    'Replace what PLACEHOLDERS.md lists; `scripts/check-placeholders.sh` says what is left.',
    isClosedByHouse(input)
      ? `Bring the tools of \`${PACK_TOOLS}\` to where you work (docs/runbooks/no-way-out.md), and run \`scripts/validate.sh\`.`
      : 'Run `mise install` and `scripts/validate.sh`.',
    ...contribution.groundSteps,
    `Ask \`scripts/preflight.sh ${first.name}\` before each apply of a cluster below, once its values are there: it names tools, values, quotas and addresses that are missing, and says whether all pods fit with a zone gone.`,
    ...pages.firstSteps,
    ...contribution.firstSteps,
    `Run \`scripts/bootstrap.sh ${first.name}\`; repeat these steps for ${rest(input)}.`,
  ];
}

function lastSteps({ pipeline }: ClusterParts): readonly string[] {
  if (pipeline === null) return ['Protect the branch main.'];
  return [
    `Commit \`infra/*/.terraform.lock.hcl\`, so that everybody gets the same provider: \`tofu -chdir=${pipeline.folder} providers lock -platform=linux_amd64 -platform=darwin_arm64\`.`,
    'Make the environment `plan` in GitHub with the variables that `.github/workflows/plan.yaml` names, and protect the branch main.',
  ];
}

function rest({ clusters }: ModuleInput): string {
  const [, ...others] = clusters;
  if (others.length === 0) return 'each further cluster';
  return `${namesInWords(others.map(({ name }) => name))}${others.length === 1 ? '' : ', in this order'}`;
}
