/** Placeholders of the repository itself, which every tool of delivery names. */
import type { Placeholder } from '../part.ts';
import { TOKENS } from '../placeholder-tokens.ts';

export const THIS_REPOSITORY: readonly Omit<Placeholder, 'file'>[] = [
  { token: TOKENS.organisation, meaning: 'Owner of the Git repository.', example: 'acme' },
  { token: TOKENS.repository, meaning: 'Name of the Git repository.', example: 'platform' },
];

export const READS_REPOSITORY = 'a token that may read this repository and nothing else';
