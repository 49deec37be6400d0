/** What only the owner of the accounts knows. */
import type { FileTree } from '../../files/tree.ts';
import type { Placeholder, StarterInput } from '../part.ts';
import { TOKENS, tokensIn } from '../placeholder-tokens.ts';
import { REPOSITORY_ID_TOKEN } from './settings.ts';

export type Meaning = Omit<Placeholder, 'file'>;

/** In the values of a network that the internet does not reach. */
export const CLIENTS_MEANING: Meaning = {
  token: TOKENS.serviceClients,
  meaning:
    'Networks of the house whose people reach the service, in the place of 192.0.2.0/24; then take the comment out.',
  example: '10.20.0.0/16',
};

const COMMON: readonly Meaning[] = [
  {
    token: REPOSITORY_ID_TOKEN,
    meaning: 'The number of the GitHub repository: gh api repos/OWNER/NAME --jq .id',
    example: '123456789',
  },
  {
    token: TOKENS.domain,
    meaning: 'The domain that the service answers to; replace the whole name.',
    example: 'shop.acme.example',
  },
  {
    token: TOKENS.alertReceiver,
    meaning: 'Where alerts go: replace the whole address by an e-mail address or an https:// webhook.',
    example: 'oncall@acme.example',
  },
  { token: TOKENS.organisation, meaning: 'The organisation on GitHub.', example: 'acme' },
  { token: TOKENS.repository, meaning: 'Name of the Git repository.', example: 'shop-platform' },
];

/** Those that stand in the part's own files, and the organisation, which CODEOWNERS may name. */
export function placeholdersOf(
  { project }: StarterInput,
  files: FileTree,
  meanings: readonly Meaning[],
): readonly Placeholder[] {
  return [...meanings, ...COMMON].flatMap(placeholder => {
    const [first] = [...files].find(([, text]) => tokensIn(text).includes(placeholder.token)) ?? [];
    if (first !== undefined) return [{ ...placeholder, file: first }];
    const owner = placeholder.token === TOKENS.organisation && project.organisation === undefined;
    return owner ? [{ ...placeholder, file: 'CODEOWNERS' }] : [];
  });
}
