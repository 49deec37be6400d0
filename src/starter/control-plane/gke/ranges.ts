/** Which addresses pods get: the upper half of the cluster's range, or a share of those that the project names for them. */
import { partOf } from '../../cidr.ts';
import type { Cluster } from '../../cluster-input.ts';

export function podRange({ vpcCidr, podCidr }: Cluster): string {
  return podCidr ?? partOf(vpcCidr, 2, 1);
}
