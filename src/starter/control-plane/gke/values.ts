/** envs/: the values of each cluster and where its state lies. */
import { attribute, attributes, comment, gap, type HclBody, writeHcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { bootstrapFrom } from '../../api-exposure/access.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { databaseZonesValue, hasManagedDatabase } from '../../environments/database-zones.ts';
import { HUB_NETWORK } from '../../google/way-within.ts';
import { headline } from '../../headline.ts';
import { domainOf } from '../../names.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { firstOf, sharesNames, takeOverPage } from '../../recovery/places.ts';
import { nameOfRegion } from '../../recovery/region-name.ts';
import { tunesNodes } from '../node-control.ts';
import { tfvarsHead } from '../tfvars-head.ts';
import { gkeChoices, leadsToHouse } from './choices.ts';
import { joinedValues } from './joined.ts';
import { GROUPS_DOMAIN } from './people.ts';
import { podRange } from './ranges.ts';
import { FOLDER } from './settings.ts';
import { clusterTitle, shortName } from './title.ts';

export function environmentFiles(input: ClusterInput): FileTree {
  return new Map(
    input.clusters.flatMap(cluster => [
      [`${FOLDER}/envs/${cluster.name}.tfvars.example`, tfvars(input, cluster)] as const,
      [`${FOLDER}/envs/${cluster.name}.tfbackend.example`, stateFile(input, cluster, 'gke')] as const,
    ]),
  );
}

function tfvars(input: ClusterInput, cluster: Cluster): string {
  const choices = gkeChoices(input);
  const { isPrivate, network, groups, managedNames } = choices;
  return writeHcl([
    ...tfvarsHead(input, cluster),
    ...attributes({
      cluster_name: clusterTitle(input, cluster),
      short_name: shortName(input, cluster),
      environment: cluster.environment,
    }),
    gap,
    ...(input.clusters.length === 1 ? [] : APART),
    attribute('project_id', TOKENS.gcpProject),
    ...(cluster.regionGiven ? [] : [comment(`${TOKENS.gcpRegion}: the project does not name one.`)]),
    attribute('region', cluster.region),
    gap,
    comment('Cannot be changed later.'),
    ...attributes({
      vpc_cidr: cluster.vpcCidr,
      pod_cidr: podRange(cluster),
      service_cidr: cluster.serviceCidr,
    }),
    ...(network === 'given' ? GIVEN_NETWORK : []),
    ...hubValues(input),
    gap,
    ...(managedNames ? [attribute('domain', cluster.domain), ...namesInRegions(input, cluster), gap] : []),
    ...api(input, isPrivate),
    gap,
    ...joinedValues(input, cluster),
    attribute('admin_members', [`group:${TOKENS.adminRole}@example.com`]),
    attribute('viewer_members', [`group:${TOKENS.viewerRole}@example.com`]),
    ...(groups ? [attribute('groups_domain', GROUPS_DOMAIN)] : []),
    ...(tunesNodes(input.stack) ? KERNEL : []),
    ...databaseSource(input, cluster),
  ]);
}

/** One certificate serves in all regions; names point at one of them, or each region has one of its own. */
function namesInRegions(input: ClusterInput, cluster: Cluster): HclBody {
  const first = firstOf(input.clusters, cluster);
  return [
    ...(first === null ? [] : [attribute('certificate_of', clusterTitle(input, first))]),
    ...(sharesNames(cluster)
      ? [attribute('gateway_record', nameOfRegion(cluster))]
      : first === null
        ? []
        : [
            comment(`Taken out when it takes over (${takeOverPage(input)}).`),
            attribute('gateway_record', ''),
          ]),
  ];
}

/** In how many zones a database stands; a cluster of the second region follows that of the first. */
export function databaseSource(input: ClusterInput, cluster: Cluster): HclBody {
  const first = firstOf(input.clusters, cluster);
  const zones = databaseZonesValue(input, cluster.environment);
  if (first === null || !hasManagedDatabase(input)) return zones;
  return [
    ...zones,
    gap,
    comment(`Taken out when it takes over (${takeOverPage(input)}).`),
    attribute('database_replica_of', clusterTitle(input, first)),
  ];
}

const KERNEL: HclBody = [
  gap,
  comment('Settings of the kernel, of those that GKE lists as safe: { "net.core.somaxconn" = "8192" }'),
  attribute('sysctls', {}),
];

const APART: HclBody = [
  comment(
    'One project for each cluster keeps mistakes apart. In a shared one, service accounts of the same namespace and',
  ),
  comment(
    'name are one and the same to IAM, whichever cluster they are in: clusters that must not trust each other share none.',
  ),
];

const HUB: HclBody = [
  gap,
  comment('The network of the house that leads to its firewall, and that peers back.'),
  attribute('hub_network', HUB_NETWORK),
];

/** The network of the house, where one is led to. */
export function hubValues(input: ClusterInput): HclBody {
  const choices = gkeChoices(input);
  if (choices.way === 'none') return leadsToHouse(choices) ? hubWithin(input) : ofZone(input);
  return leadsToHouse(choices) ? HUB : [];
}

/** The zone is a private one of the network. */
const ofZone = (input: ClusterInput): HclBody => [gap, attribute('dns_zone', domainOf(input))];

function hubWithin(input: ClusterInput): HclBody {
  return [
    gap,
    comment('The network of the house that people and scripts come from, and that peers back.'),
    attribute('hub_network', HUB_NETWORK),
    attribute('dns_zone', domainOf(input)),
  ];
}

function api(input: ClusterInput, isPrivate: boolean): HclBody {
  return isPrivate
    ? [comment(bootstrapFrom(input)), ...attributes({ api_by_name: false, api_allowed_cidrs: [] })]
    : [
        comment('The API answers at its name to those whom IAM lets in; its address stays closed. A network'),
        comment('that needs the address itself is named here, and opens it for that network alone.'),
        ...attributes({ api_by_name: true, api_allowed_cidrs: [] }),
      ];
}

const GIVEN_NETWORK: HclBody = [
  gap,
  comment('The network that is there already. Its ranges are those above.'),
  attribute('given_network', {
    project: TOKENS.givenNetworkProject,
    network: TOKENS.givenNetwork,
    subnetwork: TOKENS.givenSubnet,
    control_plane_subnetwork: TOKENS.givenControlPlaneSubnet,
    pods_range: 'pods',
    services_range: 'services',
  }),
];

/** `folder`: that of the root module below infra/. */
export function stateFile(input: ClusterInput, cluster: Cluster, folder: string): string {
  return writeHcl([
    comment(
      headline(
        input,
        'control-plane',
        `Where the state of the cluster ${cluster.name} lies: tofu init -backend-config=envs/${cluster.name}.tfbackend`,
      ),
    ),
    gap,
    ...attributes({ bucket: TOKENS.gcpStateBucket, prefix: `${folder}/${cluster.name}` }),
  ]);
}
