/** What only the owner of the accounts knows. */
import type { Meaning } from '../placeholders.ts';
import { REGION_TOKEN } from '../settings.ts';
import { CLOSED_MEANINGS } from './closed.ts';
import { accountToken, SUBJECT_TOKEN } from './environments.ts';
import type { Settings } from './settings.ts';

export function meanings({ environments, closed }: Settings): readonly Meaning[] {
  return [
    ...(closed ? CLOSED_MEANINGS : []),
    ...environments.map((environment, index) => ({
      token: accountToken(environment),
      meaning: `The AWS account of ${environment.name}: replace the zeros before it, and remove the comment.`,
      example: index === 0 ? '111122223333' : '444455556666',
    })),
    { token: REGION_TOKEN, meaning: 'The region to run in.', example: 'eu-central-1' },
    {
      token: SUBJECT_TOKEN,
      meaning: 'How GitHub names the repository in its tokens; the comment above it says how to ask.',
      example: 'repo:acme@1234567/shop-platform@123456789',
    },
  ];
}
