/** All files of a repository with clusters: what the modules gave, the pages about it, scripts and workflows. */
import { mergeTrees } from '../../files/tree.ts';
import { headline } from '../headline.ts';
import type { Contribution, ModuleInput } from '../module.ts';
import { domainOf } from '../names.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { architecturePage } from './architecture.ts';
import { CHECKOV } from './checkov.ts';
import { script } from './common-files.ts';
import { dayTwoPage } from './day-two.ts';
import type { DraftPart } from './placeholders.ts';
import { runbookPages } from './runbooks.ts';
import { bootstrapScript } from './scripts/bootstrap.ts';
import { workflows } from './workflows.ts';

export function clusterRepository(input: ModuleInput, contribution: Required<Contribution>): DraftPart {
  const comment = headline(input, 'platform-defaults')
    .split('\n')
    .map(line => `# ${line}`)
    .join('\n');
  return {
    files: mergeTrees(
      contribution.files,
      workflows(input),
      runbookPages(input, contribution.runbooks),
      new Map([
        ['docs/architecture.md', architecturePage(input, contribution)],
        ['docs/day-2.md', dayTwoPage(input)],
        ['policies/checkov.yaml', `${comment}\n${CHECKOV}`],
        ['scripts/bootstrap.sh', script(comment, bootstrapScript(input))],
      ]),
    ),
    placeholders: [
      ...contribution.placeholders,
      {
        token: TOKENS.domain,
        meaning: 'The domain that all names of the platform lie in; replace the whole name.',
        example: 'shop.acme.example',
      },
    ],
    checks: contribution.checks,
    nextSteps: [...contribution.nextSteps, ...nextSteps(input)],
  };
}

function nextSteps(input: ModuleInput): readonly string[] {
  const [first] = input.clusters;
  const domain = domainOf(input);
  return [
    'Replace what PLACEHOLDERS.md lists; `scripts/check-placeholders.sh` says what is left.',
    'Run `mise install` and `scripts/validate.sh`.',
    `Apply \`infra/aws-account\` once per account: it makes the state bucket and the role that pipelines plan with (docs/runbooks/bootstrap.md).`,
    `Copy \`infra/eks/envs/${first.name}.tfvars.example\` and \`.tfbackend.example\` without \`.example\`, and apply \`infra/eks\` with them.`,
    `Run \`scripts/bootstrap.sh ${first.name}\`; repeat both steps for ${rest(input)}.`,
    `Point \`*.${first.domain}\` at the address of the gateway (docs/runbooks/bootstrap.md), then open \`https://demo.${first.domain}\`.`,
    `Make the environment \`plan\` in GitHub, with its variables, and protect the branch main. The zone ${domain} must be delegated to Route 53.`,
  ];
}

function rest({ clusters }: ModuleInput): string {
  const [, ...others] = clusters;
  return others.length === 0 ? 'each further cluster' : others.map(({ name }) => name).join(' and ');
}
