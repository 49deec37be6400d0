/** envs/ of OpenShift on Azure, and the values that the tests of its module plan with. */
import { attribute, attributes, comment, gap, type HclBody, writeHcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { release } from '../../release.ts';
import { isGivenNetwork, isThroughFirewall, nodeRange } from '../aks/addresses.ts';
import { archiveValues } from '../aks/archives.ts';
import { hasDatabase } from '../aks/database-choices.ts';
import { isProxied } from '../aks/proxy.ts';
import { exampleSubnet, PROXY_TESTED } from '../aks/tests.ts';
import { clusterTitle } from '../aks/title.ts';
import { FIREWALL_VALUES, PROXY, placeValues, tfbackend, zoneValues } from '../aks/values.ts';
import { joinedValues } from '../machines-azure/joined.ts';
import { MACHINES_FOLDER } from '../machines-azure/place.ts';
import { databaseValues } from '../machines-azure/values.ts';
import { podRange } from '../self-managed/inventory.ts';
import { tfvarsHead } from '../tfvars-head.ts';

const ZEROS = '00000000-0000-0000-0000-000000000000';

export function environmentFiles(input: ClusterInput): FileTree {
  return new Map(
    input.clusters.flatMap(cluster => [
      [`${MACHINES_FOLDER}/envs/${cluster.name}.tfvars.example`, tfvars(input, cluster)] as const,
      [`${MACHINES_FOLDER}/envs/${cluster.name}.tfbackend.example`, tfbackend(input, cluster)] as const,
    ]),
  );
}

function tfvars(input: ClusterInput, cluster: Cluster): string {
  return writeHcl([
    ...tfvarsHead(input, cluster),
    ...attributes({ cluster_name: clusterTitle(input, cluster), environment: cluster.environment }),
    ...placeValues(cluster),
    ...network(input, cluster),
    ...(isProxied(input) ? PROXY : []),
    ...joinedValues(input, cluster),
    comment('None of these can be changed later; addresses of pods and Services never leave the cluster.'),
    ...attributes({
      ...(isGivenNetwork(input) ? {} : { network_cidr: cluster.vpcCidr }),
      service_cidr: cluster.serviceCidr,
      pod_cidr: podRange(cluster),
    }),
    gap,
    comment(
      `${TOKENS.adminGroup}: object id of the group that sets the cluster up; it publishes the keys of service accounts.`,
    ),
    attribute('admin_group_ids', [ZEROS]),
    ...databaseValues(input, cluster),
    ...archiveValues(input, cluster),
    ...zoneValues(input),
    gap,
    comment('The release that is installed first, and after that the one that the cluster has.'),
    attribute('openshift_version', release(input, 'openshift').version),
  ]);
}

function network(input: ClusterInput, cluster: Cluster): HclBody {
  if (isGivenNetwork(input))
    return [
      comment(
        `${TOKENS.nodeSubnet}: subnets of the machines in the network that exists, and a range that both lie in.`,
      ),
      ...attributes({
        control_plane_subnet_id: exampleSubnet(`${cluster.name}-control-plane`),
        node_subnet_id: exampleSubnet(`${cluster.name}-nodes`),
        node_cidr: nodeRange(cluster),
      }),
      gap,
    ];
  return isThroughFirewall(input) ? FIREWALL_VALUES : [];
}

/** Values that the tests of the module plan with. */
export function exampleValues(input: ClusterInput): HclBody {
  const [cluster] = input.clusters;
  return attributes({
    cluster_name: clusterTitle(input, cluster),
    environment: cluster.environment,
    subscription_id: ZEROS,
    location: cluster.region,
    ...(isGivenNetwork(input)
      ? {
          control_plane_subnet_id: exampleSubnet('control-plane'),
          node_subnet_id: exampleSubnet('nodes'),
          node_cidr: nodeRange(cluster),
        }
      : { network_cidr: cluster.vpcCidr }),
    ...(isThroughFirewall(input) && !isGivenNetwork(input) ? { firewall_address: '10.0.0.4' } : {}),
    ...(isProxied(input) ? PROXY_TESTED : {}),
    service_cidr: cluster.serviceCidr,
    pod_cidr: podRange(cluster),
    admin_group_ids: [ZEROS],
    dns_zone: 'example.com',
    dns_zone_group: 'dns',
    openshift_version: release(input, 'openshift').version,
    ...(hasDatabase(input) ? { database_admin: { name: 'platform', object_id: ZEROS } } : {}),
    ...(hasDatabase(input) && isGivenNetwork(input) ? { database_subnet_id: exampleSubnet('database') } : {}),
  });
}
