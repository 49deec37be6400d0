/** envs/: the values of each cluster and where its state lies. */
import { attribute, attributes, comment, gap, type HclBody, writeHcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { natValue } from '../../environments/nat-gateways.ts';
import { headline } from '../../headline.ts';
import { domainOf } from '../../names.ts';
import { pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { standsInExistingNetwork } from '../eks/existing-network.ts';
import { leadsToHouse } from '../eks/firewall.ts';
import { clusterTitle } from '../eks/title.ts';
import { MACHINES } from '../eks/trust.ts';
import { databaseSource, givenNetwork, HOUSE, PEOPLE } from '../eks/values.ts';
import { namesZone } from '../eks/zone.ts';
import { tfvarsHead } from '../tfvars-head.ts';
import { joinedValues } from './joined.ts';
import type { MadeBy } from './settings.ts';

/** `own` are values that only this way of making machines has. */
export function machineValues(
  input: ClusterInput,
  madeBy: MadeBy,
  own: (cluster: Cluster) => HclBody = () => [],
): FileTree {
  return new Map(
    input.clusters.flatMap(cluster => [
      [
        `${MACHINES}/envs/${cluster.name}.tfvars.example`,
        tfvars(input, cluster, madeBy, own(cluster)),
      ] as const,
      [`${MACHINES}/envs/${cluster.name}.tfbackend.example`, tfbackend(input, cluster)] as const,
    ]),
  );
}

function tfvars(input: ClusterInput, cluster: Cluster, madeBy: MadeBy, own: HclBody): string {
  const byInstaller = madeBy === 'installer';
  const listed = pickOf(input.stack, 'api-exposure') === 'allow-listed';
  const api: HclBody = listed
    ? [
        comment(
          `${TOKENS.apiAllowList}: the networks that people and pipelines come from; [] closes the public address.`,
        ),
        attribute('api_allowed_cidrs', ['192.0.2.0/24']),
      ]
    : [
        comment('The API answers within the network only: run plans and bootstrap from there.'),
        attribute('api_allowed_cidrs', []),
      ];
  return writeHcl([
    ...tfvarsHead(input, cluster),
    ...attributes({
      cluster_name: clusterTitle(input, cluster),
      ...(byInstaller ? {} : { inventory: cluster.name }),
      environment: cluster.environment,
    }),
    gap,
    comment(
      `${TOKENS.account}: the account of this cluster; one account per environment keeps mistakes apart.`,
    ),
    attribute('account_id', '000000000000'),
    ...(cluster.regionGiven ? [] : [comment(`${TOKENS.region}: the project does not name one.`)]),
    attribute('region', cluster.region),
    gap,
    comment(`${byInstaller ? '' : 'As the inventory has them. '}Cannot be changed later.`),
    ...attributes({ vpc_cidr: cluster.vpcCidr, service_cidr: cluster.serviceCidr }),
    ...(standsInExistingNetwork(input) ? givenNetwork(input, cluster) : []),
    ...(leadsToHouse(input) ? HOUSE : []),
    ...natValue(input, cluster.environment),
    ...(byInstaller ? [] : wayOut(input) === 'none' ? PEOPLE : [gap, ...api]),
    ...(namesZone(input) ? [gap, attribute('dns_zone', domainOf(input))] : []),
    ...databaseSource(input, cluster),
    ...own,
    ...joinedValues(input, cluster),
    ...(madeBy === 'talosctl'
      ? [
          gap,
          comment(`${TOKENS.machineImage}: the image of Talos for AWS in this region and of this release.`),
          attribute('talos_image', 'ami-00000000000000000'),
        ]
      : []),
  ]);
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
    ...attributes({ bucket: TOKENS.stateBucket, key: `machines/${cluster.name}.tfstate` }),
    ...(cluster.regionGiven ? [] : [comment(TOKENS.region)]),
    attribute('region', cluster.region),
  ]);
}
