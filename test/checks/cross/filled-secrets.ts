/** Copies of images are pulled with accounts that somebody puts in by hand: the pages fill each secret before a rule names it. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';

const MIRROR = 'infra/aws-account/mirror.tf';
const PAGE = 'docs/runbooks/bootstrap.md';
const SIGNED_IN = /^ +"?([a-z-]+)"? += \{ url = "[^"]+", signs_in = true \}$/gm;
const BLOCK = /^```sh\ncd infra\/aws-account\n([\s\S]*?)^```$/m;

export const filledSecrets: CrossCheck = {
  code: 'filled-secrets',
  says: 'Whoever follows the pages fills the secrets of a mirror before its rules ask for them.',
  check: tree =>
    [...(tree.get(MIRROR) ?? '').matchAll(SIGNED_IN)].flatMap(([, name = '']) => filled(tree, name)),
};

function filled(tree: FileTree, name: string): readonly Finding[] {
  const lines = (BLOCK.exec(tree.get(PAGE) ?? '')?.[1] ?? '').split('\n');
  const place = (holds: RegExp) => lines.findIndex(line => holds.test(line));
  const order = [
    place(/^tofu apply .*-target=aws_secretsmanager_secret\.upstream$/),
    place(new RegExp(`put-secret-value .*ecr-pullthroughcache/${name} `)),
    lines.findIndex(line => line.startsWith('tofu apply ') && !line.includes('-target=')),
  ];
  const isInOrder = order.every((at, index) => at >= 0 && at > (order[index - 1] ?? -1));
  return isInOrder
    ? []
    : [
        {
          code: 'filled-secrets',
          place: PAGE,
          message: `has a rule made for ${name} before anything is in the secret that it names`,
        },
      ];
}
