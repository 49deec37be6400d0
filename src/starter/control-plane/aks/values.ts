/** envs/: the values of each cluster and where its state lies. */

import { attribute, attributes, comment, gap, type HclBody, writeHcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { answersWithin, bootstrapFrom } from '../../api-exposure/access.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { asksForZone } from '../../dns-and-certificates/zone.ts';
import { PROXY_RANGE, PROXY_URL } from '../../egress/proxy/settings.ts';
import { databaseZonesValue } from '../../environments/database-zones.ts';
import { headline } from '../../headline.ts';
import { domainOf } from '../../names.ts';
import { answerOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { firstOf, takeOverPage } from '../../recovery/places.ts';
import { tfvarsHead } from '../tfvars-head.ts';
import {
  apiServerRange,
  isGivenNetwork,
  isOverlay,
  isThroughFirewall,
  nodeRange,
  overlayRange,
} from './addresses.ts';
import { archiveValues } from './archives.ts';
import { hasDatabase } from './database-choices.ts';
import { kernelValues } from './kernel.ts';
import { platformGroup, signInByGroups } from './people.ts';
import { isProxied } from './proxy.ts';
import { exampleSubnet } from './tests.ts';
import { clusterTitle, folderOf } from './title.ts';

const ZEROS = '00000000-0000-0000-0000-000000000000';

export function environmentFiles(input: ClusterInput): FileTree {
  return new Map(
    input.clusters.flatMap(cluster => [
      [`${folderOf(input)}/envs/${cluster.name}.tfvars.example`, tfvars(input, cluster)] as const,
      [`${folderOf(input)}/envs/${cluster.name}.tfbackend.example`, tfbackend(input, cluster)] as const,
    ]),
  );
}

function tfvars(input: ClusterInput, cluster: Cluster): string {
  return writeHcl([
    ...tfvarsHead(input, cluster),
    ...attributes({ cluster_name: clusterTitle(input, cluster), environment: cluster.environment }),
    ...placeValues(cluster),
    ...network(input, cluster),
    gap,
    ...api(input),
    gap,
    comment(`${TOKENS.adminGroup}: object id of the group that bootstraps and repairs, with full access.`),
    attribute('admin_group_ids', [ZEROS]),
    ...people(input),
    ...database(input, cluster),
    ...archiveValues(input, cluster),
    ...freezes(input),
    ...kernelValues(input),
    ...zoneValues(input),
  ]);
}

/** Where a cluster of any kind stands in Azure. */
export const placeValues = (cluster: Cluster): HclBody => [
  gap,
  comment(
    `${TOKENS.subscription}: the subscription of this cluster; one per environment keeps mistakes apart.`,
  ),
  attribute('subscription_id', ZEROS),
  ...(cluster.regionGiven ? [] : [comment(`${TOKENS.azureRegion}: the project does not name one.`)]),
  attribute('location', cluster.region),
  gap,
];

export const FIREWALL_VALUES: HclBody = [
  comment(`${TOKENS.firewall}: private address of the firewall, in a network that is peered with this one.`),
  attribute('firewall_address', '10.0.0.4'),
  gap,
];

/** Of the zone that names lie in, or of the domain alone. */
export function zoneValues(input: ClusterInput): HclBody {
  const domain = [gap, attribute('dns_zone', domainOf(input))];
  if (!asksForZone(input)) return isProxied(input) ? domain : [];
  return [
    ...domain,
    comment(`${TOKENS.dnsGroup}: the resource group that the zone lies in.`),
    attribute('dns_zone_group', 'dns'),
  ];
}

export function zoneTested(input: ClusterInput): Readonly<Record<string, string>> {
  if (asksForZone(input)) return { dns_zone: 'example.com', dns_zone_group: 'dns' };
  return isProxied(input) ? { dns_zone: 'example.com' } : {};
}

export const PROXY: HclBody = [
  comment(
    `${TOKENS.proxyRange}: the range that the proxy has its addresses in; and where it calls from: public addresses, or subnets where it stands in this region. Accounts of storage and the vault answer those.`,
  ),
  attribute('proxy', { url: PROXY_URL, range: PROXY_RANGE, addresses: [], subnet_ids: [] }),
  gap,
];

function network(input: ClusterInput, cluster: Cluster): HclBody {
  const { vpcCidr, serviceCidr } = cluster;
  const given: HclBody = [
    comment(`${TOKENS.nodeSubnet}: subnet of the nodes in the network that exists, and its range.`),
    ...attributes({ node_subnet_id: exampleSubnet(`${cluster.name}-nodes`), node_cidr: nodeRange(cluster) }),
    ...(isOverlay(input) ? [] : [attribute('pod_subnet_id', exampleSubnet(`${cluster.name}-pods`))]),
    comment(`${TOKENS.apiServerSubnet}: subnet for the API server alone, and its range.`),
    ...attributes({
      api_server_subnet_id: exampleSubnet(`${cluster.name}-api-server`),
      api_server_cidr: apiServerRange(cluster),
    }),
    gap,
  ];
  return [
    ...(isGivenNetwork(input) ? given : []),
    ...(isThroughFirewall(input) && !isGivenNetwork(input) ? FIREWALL_VALUES : []),
    ...(isProxied(input) ? PROXY : []),
    comment('Cannot be changed later.'),
    ...attributes({
      ...(isGivenNetwork(input) ? {} : { network_cidr: vpcCidr }),
      ...(isOverlay(input) ? { pod_cidr: overlayRange(input) } : {}),
      service_cidr: serviceCidr,
    }),
  ];
}

function api(input: ClusterInput): HclBody {
  return answersWithin(input)
    ? [comment(bootstrapFrom(input)), attribute('api_allowed_cidrs', [])]
    : [
        comment(
          `${TOKENS.apiAllowList}: the networks that people and pipelines come from; [] closes the public endpoint.`,
        ),
        attribute('api_allowed_cidrs', ['192.0.2.0/24']),
      ];
}

function people(input: ClusterInput): HclBody {
  return signInByGroups(input)
    ? [
        comment(`${TOKENS.groupIds}: object ids of the groups that role bindings name.`),
        attribute('groups', { platform: ZEROS, developers: ZEROS, break_glass: ZEROS }),
      ]
    : [];
}

function database(input: ClusterInput, cluster: Cluster): HclBody {
  const { name } = cluster;
  const first = firstOf(input.clusters, cluster);
  if (!hasDatabase(input)) return [];
  const subnet = attribute('database_subnet_id', exampleSubnet(`${name}-database`));
  return [
    gap,
    comment(`${TOKENS.databaseAdmin}: the group that owns the database, by its name and its object id.`),
    attribute('database_admin', { name: platformGroup(input), object_id: ZEROS }),
    ...(isGivenNetwork(input)
      ? [
          comment(`${TOKENS.databaseSubnet}: subnet for the database alone, in the network of the nodes.`),
          subnet,
        ]
      : []),
    ...databaseZonesValue(input, cluster.environment),
    ...(first === null
      ? []
      : [
          comment(`Taken out when it takes over (${takeOverPage(input)}).`),
          attribute('database_replica_of', clusterTitle(input, first)),
        ]),
  ];
}

function freezes({ stack }: ClusterInput): HclBody {
  const freeze = answerOf(stack, 'freeze');
  return freeze === null || freeze === 'none'
    ? []
    : [
        gap,
        comment(
          'The dates of each freeze: [{ start = "2026-12-15T00:00:00Z", end = "2027-01-05T00:00:00Z" }]',
        ),
        attribute('freezes', []),
      ];
}

/** Where the state of a cluster in Azure lies. */
export function tfbackend(input: ClusterInput, cluster: Cluster): string {
  return writeHcl([
    comment(
      headline(
        input,
        'control-plane',
        `Where the state of the cluster ${cluster.name} lies: tofu init -backend-config=envs/${cluster.name}.tfbackend`,
      ),
    ),
    gap,
    comment(`${TOKENS.subscription}: as in the values of the cluster.`),
    ...attributes({ subscription_id: ZEROS, resource_group_name: 'terraform-state' }),
    comment(`${TOKENS.stateAccount}: the storage account that infra/azure-subscription has made.`),
    ...attributes({
      storage_account_name: 'stateaccount',
      container_name: 'state',
      key: `${folderOf(input).replace('infra/', '')}/${cluster.name}.tfstate`,
    }),
  ]);
}
