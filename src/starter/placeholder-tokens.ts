/** Tokens for what only the user knows. Each is valid where it stands, so that every check runs before it is replaced. */

/** In values that take any text, or in a comment beside a value that cannot hold a token. */
export const TOKEN = /REPLACE_ME_[A-Z0-9_]+|replace-me-[a-z0-9-]*[a-z0-9]/g;

export const TOKENS = {
  region: 'REPLACE_ME_AWS_REGION',
  account: 'REPLACE_ME_AWS_ACCOUNT',
  vpc: 'REPLACE_ME_VPC',
  subnets: 'REPLACE_ME_SUBNETS',
  apiAllowList: 'REPLACE_ME_API_ALLOWED_CIDRS',
  adminRole: 'REPLACE_ME_ADMIN_ROLE',
  viewerRole: 'REPLACE_ME_VIEWER_ROLE',
  stateBucket: 'replace-me-state-bucket',
  domain: 'replace-me-domain',
  organisation: 'replace-me-organisation',
  repository: 'replace-me-repository',
  team: 'replace-me-platform-team',
  alertReceiver: 'replace-me-alert-receiver',
  mailServer: 'replace-me-mail-server',
  hosts: 'REPLACE_ME_HOSTS',
  objectStorage: 'replace-me-object-storage',
  storageDriver: 'replace-me-storage-driver',
  nameServer: 'replace-me-name-server',
  deadManSwitch: 'replace-me-dead-man-switch',
  securityContact: 'REPLACE_ME_SECURITY_CONTACT',
  platformGroup: 'replace-me-platform-group',
  developerGroup: 'replace-me-developer-group',
  signInIssuer: 'replace-me-sign-in',
  signInClient: 'REPLACE_ME_SIGN_IN_CLIENT',
  deliveryClient: 'REPLACE_ME_DELIVERY_CLIENT',
  chartroom: 'REPLACE_ME_CHARTROOM',
  harbor: 'replace-me-harbor',
  signingCertificate: 'REPLACE_ME_SIGNING_CERTIFICATE',
  vault: 'replace-me-vault',
  gcpProject: 'replace-me-gcp-project',
  gcpStateBucket: 'replace-me-gcp-project-state',
  gcpProjectNumber: 'REPLACE_ME_GCP_PROJECT_NUMBER',
  gcpRegion: 'REPLACE_ME_GCP_REGION',
  groupsDomain: 'replace-me-groups',
  givenNetworkProject: 'replace-me-network-project',
  givenNetwork: 'replace-me-network',
  givenSubnet: 'replace-me-node-subnet',
  givenControlPlaneSubnet: 'replace-me-control-plane-subnet',
  telemetryVendor: 'replace-me-telemetry-vendor',
  metricsWorkspace: 'replace-me-metrics-workspace',
  rootCertificate: 'REPLACE_ME_ROOT_CERTIFICATE',
  acmeContact: 'REPLACE_ME_CERTIFICATE_CONTACT',
  subscription: 'REPLACE_ME_AZURE_SUBSCRIPTION',
  azureRegion: 'REPLACE_ME_AZURE_REGION',
  adminGroup: 'REPLACE_ME_ADMIN_GROUP',
  groupIds: 'REPLACE_ME_GROUP_IDS',
  dnsGroup: 'REPLACE_ME_DNS_ZONE_GROUP',
  stateAccount: 'REPLACE_ME_STATE_ACCOUNT',
  nodeSubnet: 'REPLACE_ME_NODE_SUBNET',
  apiServerSubnet: 'REPLACE_ME_API_SERVER_SUBNET',
  firewall: 'REPLACE_ME_FIREWALL_ADDRESS',
} as const;

/** Every token of a text, once each, in the order in which they stand. */
export function tokensIn(text: string): readonly string[] {
  return [...new Set(text.match(TOKEN) ?? [])];
}
