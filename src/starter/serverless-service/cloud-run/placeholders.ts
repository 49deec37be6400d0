/** What only the owner of the projects knows. */
import type { Meaning } from '../placeholders.ts';
import { REGION_TOKEN } from '../settings.ts';
import { CLOSED_MEANINGS } from './closed.ts';
import type { Settings } from './settings.ts';

export const meanings = ({ closed }: Settings): readonly Meaning[] => [
  ...(closed ? CLOSED_MEANINGS : []),
  {
    token: 'replace-me-staging-project',
    meaning: 'The Google Cloud project of staging.',
    example: 'acme-shop-staging',
  },
  {
    token: 'replace-me-production-project',
    meaning: 'The Google Cloud project of production.',
    example: 'acme-shop-production',
  },
  { token: REGION_TOKEN, meaning: 'The region to run in.', example: 'europe-west1' },
];
