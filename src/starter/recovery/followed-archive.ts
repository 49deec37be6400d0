/** The archive of the first region, which databases in the cluster of a second one follow, as a value of its infrastructure. */
import { attribute, comment, gap, type HclBody } from '../../files/hcl.ts';
import type { Cluster, ClusterInput } from '../cluster-input.ts';
import { pickOf } from '../picks.ts';
import { firstOf } from './places.ts';

/** `titleOf` a cluster is what its cloud calls it. */
export function followedArchive(
  input: ClusterInput,
  cluster: Cluster,
  titleOf: (input: ClusterInput, cluster: Cluster) => string,
): HclBody {
  const first = firstOf(input.clusters, cluster);
  if (first === null || pickOf(input.stack, 'data-services') !== 'operator-in-cluster') return [];
  return [
    gap,
    comment(
      'Its databases follow the archive of the first region, also after they have taken over: nothing is read then.',
    ),
    attribute('archive_of', titleOf(input, first)),
  ];
}
