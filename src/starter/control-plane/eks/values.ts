/** envs/: the values of each cluster and where its state lies. */
import { attribute, attributes, comment, gap, type HclBody, writeHcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { answersWithin, bootstrapFrom } from '../../api-exposure/access.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { PROXY_VALUES } from '../../egress/proxy/infrastructure.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { databaseZonesValue, hasManagedDatabase } from '../../environments/database-zones.ts';
import { natValue } from '../../environments/nat-gateways.ts';
import { headline } from '../../headline.ts';
import { domainOf } from '../../names.ts';
import { pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { followedArchive } from '../../recovery/followed-archive.ts';
import { firstOf, sharesNames, takeOverPage } from '../../recovery/places.ts';
import { nameOfRegion } from '../../recovery/region-name.ts';
import { tunesNodes } from '../node-control.ts';
import { tfvarsHead } from '../tfvars-head.ts';
import { copiesOfArchive } from './copied-archive.ts';
import { givesPodsSubnets, standsInExistingNetwork } from './existing-network.ts';
import { leadsToHouse } from './firewall.ts';
import { hasGatewayOfAws } from './gateway.ts';
import { KERNEL_VALUES } from './kernel.ts';
import { isAutoMode } from './mode.ts';
import { publicRange } from './names.ts';
import { signInByGroups } from './people.ts';
import { FOLDER } from './settings.ts';
import { clusterTitle } from './title.ts';
import { isOwnControlPlane } from './trust.ts';
import { namesZone } from './zone.ts';

export function environmentFiles(input: ClusterInput): FileTree {
  return new Map(
    input.clusters.flatMap(cluster => [
      [`${FOLDER}/envs/${cluster.name}.tfvars.example`, tfvars(input, cluster)] as const,
      [`${FOLDER}/envs/${cluster.name}.tfbackend.example`, tfbackend(input, cluster)] as const,
    ]),
  );
}

function tfvars(input: ClusterInput, cluster: Cluster): string {
  const api: HclBody = answersWithin(input)
    ? [
        comment(
          wayOut(input) === 'none'
            ? 'The API answers within the network and to people_ranges: scripts/bootstrap.sh runs there.'
            : bootstrapFrom(input),
        ),
        attribute('api_allowed_cidrs', []),
      ]
    : [
        comment(
          `${TOKENS.apiAllowList}: the networks that people and pipelines come from; [] closes the public endpoint.`,
        ),
        attribute('api_allowed_cidrs', ['192.0.2.0/24']),
      ];
  return writeHcl([
    ...tfvarsHead(input, cluster),
    ...attributes({ cluster_name: clusterTitle(input, cluster), environment: cluster.environment }),
    gap,
    comment(
      `${TOKENS.account}: the account of this cluster; one account per environment keeps mistakes apart.`,
    ),
    attribute('account_id', '000000000000'),
    ...(cluster.regionGiven ? [] : [comment(`${TOKENS.region}: the project does not name one.`)]),
    attribute('region', cluster.region),
    gap,
    comment('Cannot be changed later.'),
    ...attributes({ vpc_cidr: cluster.vpcCidr, service_cidr: cluster.serviceCidr }),
    ...(standsInExistingNetwork(input) ? givenNetwork(input, cluster) : []),
    ...(leadsToHouse(input) ? HOUSE : []),
    ...(wayOut(input) === 'proxy' ? PROXY_VALUES : []),
    ...(wayOut(input) === 'none' ? PEOPLE : []),
    ...natValue(input, cluster.environment),
    gap,
    ...api,
    gap,
    attribute('admin_role_arns', [`arn:aws:iam::000000000000:role/${TOKENS.adminRole}`]),
    ...(signInByGroups(input)
      ? [
          attribute('sign_in', {
            issuer_url: `https://${TOKENS.signInIssuer}.example.com`,
            client_id: TOKENS.signInClient,
          }),
        ]
      : []),
    attribute('viewer_role_arns', [`arn:aws:iam::000000000000:role/${TOKENS.viewerRole}`]),
    gap,
    ...(namesZone(input) ? [attribute('dns_zone', domainOf(input))] : []),
    ...(tunesNodes(input.stack) ? KERNEL_VALUES : []),
    ...databaseSource(input, cluster),
    ...(hasGatewayOfAws(input) ? gatewayValues(input, cluster) : []),
  ]);
}

export const PEOPLE: HclBody = [
  comment(`${TOKENS.peopleNetworks}: ranges of the house that people and scripts/bootstrap.sh come from.`),
  attribute('people_ranges', ['192.0.2.0/24']),
];

export const HOUSE: HclBody = [
  gap,
  comment(`${TOKENS.transitGateway}: the gateway that leads to the house.`),
  attribute('transit_gateway_id', 'tgw-00000000000000000'),
];

function gatewayValues(input: ClusterInput, cluster: Cluster): HclBody {
  const { domain, vpcCidr } = cluster;
  const ownName = sharesNames(cluster) && pickOf(input.stack, 'dns-and-certificates') === 'cloud-managed';
  return [
    attribute('domain', domain),
    ...(ownName ? [attribute('gateway_record', nameOfRegion(cluster))] : []),
    ...(standsInExistingNetwork(input)
      ? [
          gap,
          comment(`${TOKENS.subnets}: the part of the network that the public subnets lie in, and no node.`),
          attribute('load_balancer_cidr', publicRange(vpcCidr)),
        ]
      : []),
  ];
}

/** In how many zones a database stands; a cluster of the second region follows that of the first. */
export function databaseSource(input: ClusterInput, cluster: Cluster): HclBody {
  const first = firstOf(input.clusters, cluster);
  const zones = databaseZonesValue(input, cluster.environment);
  if (first === null || !hasManagedDatabase(input))
    return [...zones, ...followedArchive(input, cluster, clusterTitle), ...copiesOfArchive(input, cluster)];
  return [
    ...zones,
    gap,
    comment(`Taken out when it takes over (${takeOverPage(input)}).`),
    attribute('database_replica_of', { cluster: clusterTitle(input, first), region: first.region }),
  ];
}

export function givenNetwork(input: ClusterInput, { region }: Cluster): HclBody {
  const byZone = (from: number) =>
    Object.fromEntries(
      ['a', 'b', 'c'].map((zone, index) => [`${region}${zone}`, `subnet-0000000000000000${from + index}`]),
    );
  return [
    gap,
    comment(`${TOKENS.vpc} and ${TOKENS.subnets}: the network that is there; vpc_cidr is its range.`),
    ...attributes({
      vpc_id: 'vpc-00000000000000000',
      node_subnet_ids: byZone(0),
      ...(givesPodsSubnets(input) ? { pod_subnet_ids: byZone(5) } : {}),
      ...(isAutoMode(input) || isOwnControlPlane(input)
        ? {}
        : { control_plane_subnet_ids: ['subnet-00000000000000003', 'subnet-00000000000000004'] }),
    }),
  ];
}

function tfbackend(input: ClusterInput, cluster: Cluster): string {
  return writeHcl([
    comment(
      headline(
        input,
        'control-plane',
        `Where the state of the cluster ${cluster.name} lies: tofu init -backend-config=envs/${cluster.name}.tfbackend`,
      ),
    ),
    gap,
    ...attributes({
      bucket: TOKENS.stateBucket,
      key: `eks/${cluster.name}.tfstate`,
    }),
    ...(cluster.regionGiven ? [] : [comment(TOKENS.region)]),
    attribute('region', cluster.region),
  ]);
}
