/** Whether manifests name what AWS makes up: the workspace of metrics, or the firewall before its gateway. */
import type { ClusterInput } from '../../cluster-input.ts';
import { pickOf } from '../../picks.ts';
import { balancersOf } from './gateway.ts';

export function waitsForApply(input: ClusterInput): boolean {
  const { stack } = input;
  if (pickOf(stack, 'distribution') === 'openshift') return false;
  return pickOf(stack, 'metrics') === 'managed-metrics' || balancersOf(input) === 'of-gateway-with-firewall';
}
