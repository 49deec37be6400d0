/** envs/ of a cluster on machines of Azure, and the values that the tests of its module plan with. */
import { attribute, attributes, comment, gap, type HclBody, writeHcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { databaseZonesValue } from '../../environments/database-zones.ts';
import { natValue } from '../../environments/nat-gateways.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { firstOf, takeOverPage } from '../../recovery/places.ts';
import { isGivenNetwork, isThroughFirewall, nodeRange } from '../aks/addresses.ts';
import { archiveValues } from '../aks/archives.ts';
import { hasDatabase } from '../aks/database-choices.ts';
import { platformGroup } from '../aks/people.ts';
import { exampleSubnet } from '../aks/tests.ts';
import { clusterTitle } from '../aks/title.ts';
import { FIREWALL_VALUES, placeValues, tfbackend, zoneTested, zoneValues } from '../aks/values.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { tfvarsHead } from '../tfvars-head.ts';
import { joinedValues } from './joined.ts';
import { MACHINES_FOLDER } from './place.ts';

const ZEROS = '00000000-0000-0000-0000-000000000000';
/** Of no key that anybody has. */
const EXAMPLE_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA example';
const EXAMPLE_IMAGE = `/subscriptions/${ZEROS}/resourceGroups/images/providers/Microsoft.Compute/images/talos`;

export function environmentFiles(input: ClusterInput, distribution: Distribution): FileTree {
  return new Map(
    input.clusters.flatMap(cluster => [
      [
        `${MACHINES_FOLDER}/envs/${cluster.name}.tfvars.example`,
        tfvars(input, distribution, cluster),
      ] as const,
      [`${MACHINES_FOLDER}/envs/${cluster.name}.tfbackend.example`, tfbackend(input, cluster)] as const,
    ]),
  );
}

function tfvars(input: ClusterInput, { setUpBy }: Distribution, cluster: Cluster): string {
  return writeHcl([
    ...tfvarsHead(input, cluster),
    ...attributes({
      cluster_name: clusterTitle(input, cluster),
      environment: cluster.environment,
      inventory: cluster.name,
    }),
    ...placeValues(cluster),
    ...network(input, cluster),
    ...natValue(input, cluster.environment),
    gap,
    comment(
      `${TOKENS.peopleNetworks}: private networks of people and pipelines; the API answers nobody else.`,
    ),
    attribute('people_cidrs', ['192.0.2.0/24']),
    ...(setUpBy === 'machine'
      ? [
          comment('And the public addresses that they bring the archives of machines from.'),
          attribute('host_store_cidrs', ['198.51.100.0/24']),
        ]
      : []),
    gap,
    ...joinedValues(input, cluster),
    comment(
      `${TOKENS.adminGroup}: object id of the group that sets the cluster up and repairs it, with full access.`,
    ),
    attribute('admin_group_ids', [ZEROS]),
    comment(`${TOKENS.hostKey}: public half of its key for machines.`),
    attribute('ssh_public_key', EXAMPLE_KEY),
    ...(setUpBy === 'machine'
      ? []
      : [
          comment(`${TOKENS.talosImage}: the image of Talos in your subscription.`),
          attribute('image_id', EXAMPLE_IMAGE),
        ]),
    ...databaseValues(input, cluster),
    ...archiveValues(input, cluster),
    ...zoneValues(input),
  ]);
}

function network(input: ClusterInput, cluster: Cluster): HclBody {
  const { vpcCidr, serviceCidr } = cluster;
  if (isGivenNetwork(input))
    return [
      comment(
        `${TOKENS.nodeSubnet}: subnet of the machines in the network that exists, and its range; the inventory has addresses of it.`,
      ),
      ...attributes({
        node_subnet_id: exampleSubnet(`${cluster.name}-nodes`),
        node_cidr: nodeRange(cluster),
        service_cidr: serviceCidr,
      }),
    ];
  return [
    ...(isThroughFirewall(input) ? FIREWALL_VALUES : []),
    comment('Cannot be changed later.'),
    ...attributes({ network_cidr: vpcCidr, service_cidr: serviceCidr }),
  ];
}

/** Of any machines in a subscription. */
export function databaseValues(input: ClusterInput, cluster: Cluster): HclBody {
  const first = firstOf(input.clusters, cluster);
  if (!hasDatabase(input)) return [];
  return [
    gap,
    comment(`${TOKENS.databaseAdmin}: the group that owns the database, by its name and its object id.`),
    attribute('database_admin', { name: platformGroup(input), object_id: ZEROS }),
    ...(isGivenNetwork(input)
      ? [
          comment(`${TOKENS.databaseSubnet}: subnet for the database alone, in the network of the machines.`),
          attribute('database_subnet_id', exampleSubnet(`${cluster.name}-database`)),
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

/** Values that the tests of the module plan with. */
export function exampleValues(input: ClusterInput, { setUpBy }: Distribution): HclBody {
  const [cluster] = input.clusters;
  return attributes({
    cluster_name: clusterTitle(input, cluster),
    environment: cluster.environment,
    inventory: cluster.name,
    subscription_id: ZEROS,
    location: cluster.region,
    ...(isGivenNetwork(input)
      ? { node_subnet_id: exampleSubnet('nodes'), node_cidr: nodeRange(cluster) }
      : { network_cidr: cluster.vpcCidr }),
    ...(isThroughFirewall(input) && !isGivenNetwork(input) ? { firewall_address: '10.0.0.4' } : {}),
    service_cidr: cluster.serviceCidr,
    people_cidrs: ['192.0.2.0/24'],
    admin_group_ids: [ZEROS],
    ssh_public_key: EXAMPLE_KEY,
    ...(setUpBy === 'machine' ? {} : { image_id: EXAMPLE_IMAGE }),
    ...zoneTested(input),
    ...(hasDatabase(input) ? { database_admin: { name: 'platform', object_id: ZEROS } } : {}),
    ...(hasDatabase(input) && isGivenNetwork(input) ? { database_subnet_id: exampleSubnet('database') } : {}),
  });
}
