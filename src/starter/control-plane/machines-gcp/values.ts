/** envs/: the values of each cluster and where its state lies. */
import { attribute, attributes, comment, gap, writeHcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { followedArchive } from '../../recovery/followed-archive.ts';
import { gkeChoices } from '../gke/choices.ts';
import { clusterTitle, shortName } from '../gke/title.ts';
import { databaseSource, hubValues, stateFile } from '../gke/values.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { tfvarsHead } from '../tfvars-head.ts';
import { GIVEN_NETWORK_VALUES } from './given-network.ts';
import { joinedValues } from './joined.ts';
import { apiIsListed, LISTED_VALUES } from './listed-api.ts';
import { FOLDER } from './settings.ts';

export function environmentFiles(input: ClusterInput, distribution: Distribution): FileTree {
  return new Map(
    input.clusters.flatMap(cluster => [
      [`${FOLDER}/envs/${cluster.name}.tfvars.example`, tfvars(input, cluster, distribution)] as const,
      [`${FOLDER}/envs/${cluster.name}.tfbackend.example`, stateFile(input, cluster, 'machines')] as const,
    ]),
  );
}

function tfvars(input: ClusterInput, cluster: Cluster, distribution: Distribution): string {
  const { setUpBy } = distribution;
  const choices = gkeChoices(input);
  return writeHcl([
    ...tfvarsHead(input, cluster),
    ...attributes({
      cluster_name: clusterTitle(input, cluster),
      short_name: shortName(input, cluster),
      environment: cluster.environment,
      hosts: cluster.name,
    }),
    gap,
    comment('One project per environment keeps mistakes apart.'),
    attribute('project_id', TOKENS.gcpProject),
    ...(cluster.regionGiven ? [] : [comment(`${TOKENS.gcpRegion}: the project does not name one.`)]),
    attribute('region', cluster.region),
    gap,
    comment('Cannot be changed later. Addresses of machines stand in the inventory.'),
    attribute('vpc_cidr', cluster.vpcCidr),
    ...(choices.network === 'given' ? GIVEN_NETWORK_VALUES : []),
    ...hubValues(input),
    gap,
    ...(setUpBy === 'talosctl'
      ? [
          comment(
            'The image of Talos that somebody has brought into this project (docs/runbooks/bootstrap.md).',
          ),
          attribute('machine_image', TOKENS.machineImage),
          gap,
        ]
      : []),
    attribute('admin_members', [`group:${TOKENS.adminRole}@example.com`]),
    ...databaseSource(input, cluster),
    ...followedArchive(input, cluster, clusterTitle),
    ...(apiIsListed(input, distribution) ? LISTED_VALUES : []),
    ...joinedValues(input, cluster),
  ]);
}
