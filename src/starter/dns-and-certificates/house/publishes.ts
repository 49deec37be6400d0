/** Whether workloads are given the authorities of the organisation. */
import { isClosedInCloud } from '../../egress/no-egress/closed.ts';
import type { ModuleInput } from '../../module.ts';
import { pickOf } from '../../picks.ts';

/** By trust-manager: in a network that nothing leaves beside records of the cloud as well. */
export function publishesAuthorities(input: Pick<ModuleInput, 'stack'>): boolean {
  const pick = pickOf(input.stack, 'dns-and-certificates');
  return pick === 'corporate-pki' || (pick === 'external-dns-cert-manager' && isClosedInCloud(input));
}
