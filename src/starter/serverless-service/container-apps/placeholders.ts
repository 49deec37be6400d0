/** What only the owner of the subscriptions knows. */
import type { Meaning } from '../placeholders.ts';
import { REGION_TOKEN } from '../settings.ts';

/** The beginning of the subject in GitHub's tokens, which is not the same for old and new repositories. */
export const SUBJECT_TOKEN = 'REPLACE_ME_GITHUB_SUBJECT';

export const MEANINGS: readonly Meaning[] = [
  {
    token: 'replace-me-staging-subscription',
    meaning: 'Id of the Azure subscription of staging: az account list.',
    example: '11111111-2222-3333-4444-555555555555',
  },
  {
    token: 'replace-me-production-subscription',
    meaning: 'Id of the Azure subscription of production; may be the same, better is another.',
    example: '66666666-7777-8888-9999-000000000000',
  },
  { token: REGION_TOKEN, meaning: 'The region to run in, one with zones.', example: 'westeurope' },
  {
    token: SUBJECT_TOKEN,
    meaning:
      "How the subject of the repository's tokens begins: gh api repos/OWNER/NAME/actions/oidc/customization/sub tells, as do the settings of Actions.",
    example: 'repo:acme-123456/shop-platform-7890',
  },
  {
    token: 'replace-me-network-subscription',
    meaning: 'Subscription of the network that exists.',
    example: '00000000-1111-2222-3333-444444444444',
  },
  {
    token: 'replace-me-network-group',
    meaning: 'Resource group of the network.',
    example: 'corp-network',
  },
  { token: 'replace-me-network', meaning: 'Name of the network.', example: 'corp-westeurope' },
  {
    token: 'replace-me-environment-subnet',
    meaning: 'Subnet for the environment alone, delegated to Microsoft.App/environments.',
    example: 'shop-apps',
  },
  {
    token: 'replace-me-endpoint-subnet',
    meaning: 'Subnet for private endpoints.',
    example: 'private-endpoints',
  },
  {
    token: 'replace-me-dns-group',
    meaning: 'Resource group of the private DNS zones for private endpoints.',
    example: 'corp-dns',
  },
  { token: 'REPLACE_ME_PROXY_ADDRESS', meaning: 'Address of the proxy.', example: '10.0.0.8' },
];
