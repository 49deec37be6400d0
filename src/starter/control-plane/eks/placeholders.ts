/** What only the owner of the AWS account knows. */
import type { Placeholder } from '../../part.ts';
import { TOKENS } from '../../placeholder-tokens.ts';

export const EKS_PLACEHOLDERS: readonly Omit<Placeholder, 'file'>[] = [
  {
    token: TOKENS.account,
    meaning:
      'The twelve digits of the AWS account: in the place of the token, and where it stands in a comment, in the place of the 000000000000 below it; that comment then goes.',
    example: '123456789012',
  },
  {
    token: TOKENS.region,
    meaning: 'The AWS region, in the place of the one beside it; then take the comment out.',
    example: 'eu-central-1',
  },
  {
    token: TOKENS.vpc,
    meaning: 'The id of the network that the cluster stands in, in the place of vpc-00000000000000000.',
    example: 'vpc-0a1b2c3d4e5f60718',
  },
  {
    token: TOKENS.subnets,
    meaning: 'Subnets of that network, by zone for the nodes; then take the comment out.',
    example: 'subnet-0a1b2c3d4e5f60718',
  },
  {
    token: TOKENS.transitGateway,
    meaning:
      'The id of the Transit Gateway that leads to the house, shared with this account; then take the comment out.',
    example: 'tgw-0a1b2c3d4e5f60718',
  },
  {
    token: TOKENS.peopleNetworks,
    meaning:
      'Ranges of the house that people and scripts/bootstrap.sh come from, in the place of 192.0.2.0/24; then take the comment out.',
    example: '10.20.0.0/24',
  },
  {
    token: TOKENS.webAcl,
    meaning:
      'The id at the end of the address of the firewall before the gateway; `scripts/fill-cluster-vars.sh` writes it once the infrastructure stands.',
    example: '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
  },
  {
    token: TOKENS.apiAllowList,
    meaning:
      'Networks that may reach the public endpoint of the Kubernetes API, in the place of 192.0.2.0/24; then take the comment out.',
    example: '203.0.113.0/28',
  },
  {
    token: TOKENS.adminRole,
    meaning: 'IAM role for bootstrap and emergencies, full access to the cluster.',
    example: 'platform-break-glass',
  },
  {
    token: TOKENS.viewerRole,
    meaning: 'IAM role that reads everything but Secrets.',
    example: 'platform-viewer',
  },
  {
    token: TOKENS.stateBucket,
    meaning: 'S3 bucket that the Terraform state lies in; infra/aws-account makes it.',
    example: 'acme-shop-state',
  },
];
