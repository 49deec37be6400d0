/** What is done once for each account of AWS: a step of the README, and its commands in the runbook for the beginning. */
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosedInCloud } from '../../egress/no-egress/closed.ts';
import { pickOf } from '../../picks.ts';
import { UPSTREAMS } from '../../registry/upstreams.ts';
import { stateOfFolder } from '../once.ts';

const MAKES = 'it makes the state bucket and the role that pipelines plan with';

export function accountStep(input: ClusterInput): string {
  return fetchesCopies(input)
    ? `Apply \`infra/aws-account\` once per account, in the two parts of docs/runbooks/bootstrap.md: ${MAKES}, and the mirror, which wants accounts at Docker Hub and GitHub before its second part (docs/runbooks/registry.md).`
    : `Apply \`infra/aws-account\` once per account: ${MAKES} (docs/runbooks/bootstrap.md).`;
}

/** The section of the runbook, from its commands on. */
export function accountOnce(input: ClusterInput): string {
  return `\`\`\`sh
cd infra/aws-account
tofu init
account=$(aws sts get-caller-identity --query Account --output text)
${fetchesCopies(input) ? FILLED_FIRST : ''}tofu apply -var account_id=$account
\`\`\`

${fetchesCopies(input) ? FILES : ''}${stateOfFolder('account', 'bucket')}`;
}

/** Copies are made at the first pull; in a closed network somebody carries them in. */
export function fetchesCopies({ stack }: ClusterInput): boolean {
  return pickOf(stack, 'registry') === 'mirror' && !isClosedInCloud({ stack });
}

/** ECR signs in at a publisher when a rule for it is made, and refuses the rule where it cannot. */
const FILLED_FIRST = [
  'tofu apply -var account_id=$account -target=aws_secretsmanager_secret.upstream',
  ...UPSTREAMS.filter(({ signsIn }) => signsIn).map(
    ({ prefix }) =>
      `aws secretsmanager put-secret-value --secret-id ecr-pullthroughcache/${prefix} --secret-string "file://$HOME/${prefix}.json"`,
  ),
  '',
].join('\n');

const FILES = `Each of the two files holds \`{"username": "...", "accessToken": "..."}\`, with a token that may read public images and nothing else; delete them afterwards. A rule
for a publisher is refused while the secret that it names is empty, so they come first; in a region that is not the one of your command line,
\`--region\` says so. [Images](registry.md) goes on from there.

`;
