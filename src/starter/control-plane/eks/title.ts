/** The cluster's name in AWS. */
import type { Cluster } from '../../cluster-input.ts';
import type { StarterInput } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import { titleWithin } from '../title-within.ts';

/** EKS takes a hundred characters; load balancers and roles of machines of one's own begin with the name. */
const LONGEST = 100;
const LONGEST_ON_MACHINES = 32;

export function clusterTitle(input: StarterInput, cluster: Cluster): string {
  const isOwn = pickOf(input.stack, 'control-plane') === 'self-managed';
  return titleWithin(isOwn ? LONGEST_ON_MACHINES : LONGEST, input, cluster);
}
