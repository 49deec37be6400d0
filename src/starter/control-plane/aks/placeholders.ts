/** What only the owner of the subscriptions knows. */
import type { Placeholder } from '../../part.ts';
import { TOKENS } from '../../placeholder-tokens.ts';

export const AKS_PLACEHOLDERS: readonly Omit<Placeholder, 'file'>[] = [
  {
    token: TOKENS.subscription,
    meaning: 'Id of the Azure subscription, in the place of the zeros; then take the comment out.',
    example: '11111111-2222-3333-4444-555555555555',
  },
  {
    token: TOKENS.azureRegion,
    meaning:
      'The Azure region, one with zones, in the place of the one beside it; then take the comment out.',
    example: 'westeurope',
  },
  {
    token: TOKENS.apiAllowList,
    meaning:
      'Networks that may reach the public endpoint of the Kubernetes API, in the place of 192.0.2.0/24; then take the comment out.',
    example: '203.0.113.0/28',
  },
  {
    token: TOKENS.adminGroup,
    meaning:
      'Object id of the Entra group for bootstrap and emergencies, in the place of the zeros: az ad group show --group NAME --query id.',
    example: '66666666-7777-8888-9999-000000000000',
  },
  {
    token: TOKENS.groupIds,
    meaning:
      'Object ids of the Entra groups of the platform team, of developers and of the break-glass path.',
    example: '66666666-7777-8888-9999-000000000001',
  },
  {
    token: TOKENS.dnsGroup,
    meaning: 'Resource group of the DNS zone, in the place of dns.',
    example: 'acme-dns',
  },
  {
    token: TOKENS.stateAccount,
    meaning:
      'Storage account that the Terraform state lies in, in the place of stateaccount: infra/azure-subscription prints it.',
    example: 'st0a1b2c3d4e5f',
  },
  {
    token: TOKENS.nodeSubnet,
    meaning: 'Whole id of the subnet of the nodes, and its range.',
    example: '/subscriptions/…/virtualNetworks/corp-westeurope/subnets/shop-nodes',
  },
  {
    token: TOKENS.apiServerSubnet,
    meaning:
      'Whole id of the subnet of the API server, delegated to Microsoft.ContainerService/managedClusters, and its range.',
    example: '/subscriptions/…/virtualNetworks/corp-westeurope/subnets/shop-api-server',
  },
  {
    token: TOKENS.databaseAdmin,
    meaning:
      'Name and object id of the Entra group that owns the database, in the place of what stands there; then take the comment out.',
    example: 'acme-platform, 66666666-7777-8888-9999-000000000002',
  },
  {
    token: TOKENS.databaseSubnet,
    meaning:
      'Whole id of the subnet of the database, delegated to Microsoft.DBforPostgreSQL/flexibleServers.',
    example: '/subscriptions/…/virtualNetworks/corp-westeurope/subnets/shop-database',
  },
  {
    token: TOKENS.platformGroup,
    meaning: 'Group of the directory that the platform team is in.',
    example: 'acme-platform',
  },
  { token: TOKENS.firewall, meaning: 'Private address of the firewall.', example: '10.0.0.4' },
];
