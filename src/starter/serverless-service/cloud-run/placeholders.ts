/** What only the owner of the projects knows. */
import type { Meaning } from '../placeholders.ts';
import { REGION_TOKEN } from '../settings.ts';

export const MEANINGS: readonly Meaning[] = [
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
