/** How every file of values of a cluster begins. */
import { comment, gap, type HclBody } from '../../files/hcl.ts';
import type { Cluster, ClusterInput } from '../cluster-input.ts';
import { headline } from '../headline.ts';

export function tfvarsHead(input: ClusterInput, { name }: Cluster): HclBody {
  const says = `Values of the cluster ${name}. Copy to ${name}.tfvars, replace what is marked, and commit it: it holds no secret.`;
  return [comment(headline(input, 'control-plane', says)), gap];
}
