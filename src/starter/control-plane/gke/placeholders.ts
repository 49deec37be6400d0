/** What only the owner of the projects knows. */
import { HUB_MEANING } from '../../google/way-within.ts';
import type { Placeholder } from '../../part.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { REPOSITORY_ID_TOKEN } from '../../serverless-service/settings.ts';

export const GKE_PLACEHOLDERS: readonly Omit<Placeholder, 'file'>[] = [
  {
    token: TOKENS.gcpProject,
    meaning: 'The id of the Google Cloud project of the cluster.',
    example: 'acme-shop-production',
  },
  {
    token: TOKENS.gcpStateBucket,
    meaning: 'The bucket that infra/gcp-project makes: the id of the project with -state at its end.',
    example: 'acme-shop-production-state',
  },
  {
    token: TOKENS.gcpProjectNumber,
    meaning: "Its number: gcloud projects describe PROJECT --format='value(projectNumber)'",
    example: '123456789012',
  },
  {
    token: TOKENS.gcpRegion,
    meaning: 'The region, in the place of the one below it; then take the comment out.',
    example: 'europe-west1',
  },
  {
    token: TOKENS.adminRole,
    meaning: 'Group for bootstrap and emergencies, full access to the cluster; replace the whole address.',
    example: 'platform-break-glass@acme.example',
  },
  {
    token: TOKENS.viewerRole,
    meaning: 'Group that reads everything but Secrets; replace the whole address.',
    example: 'platform-viewer@acme.example',
  },
  {
    token: REPOSITORY_ID_TOKEN,
    meaning: 'The number of the GitHub repository: gh api repos/OWNER/NAME --jq .id',
    example: '123456789',
  },
  {
    token: TOKENS.givenNetworkProject,
    meaning: 'The project that the network lies in: the host project of a Shared VPC, or the same one.',
    example: 'acme-network',
  },
  HUB_MEANING,
  { token: TOKENS.givenNetwork, meaning: 'Name of the network.', example: 'shared' },
  { token: TOKENS.givenSubnet, meaning: 'Name of the subnet of the nodes.', example: 'gke-production' },
  {
    token: TOKENS.givenControlPlaneSubnet,
    meaning: 'Name of the subnet for the private address of the Kubernetes API.',
    example: 'gke-production-control-plane',
  },
];
