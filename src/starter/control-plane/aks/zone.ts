/** Whether the infrastructure knows of a zone in Azure DNS: names of machines of one's own lie in one in any case. */
import type { ClusterInput } from '../../cluster-input.ts';
import { liesInCloud } from '../../dns-and-certificates/zone.ts';
import { pickOf } from '../../picks.ts';

export function hasZone(input: ClusterInput): boolean {
  return pickOf(input.stack, 'control-plane') === 'self-managed' || liesInCloud(input);
}
