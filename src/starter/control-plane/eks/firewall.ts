/** The way from a network of its own to the firewall of the house: by a Transit Gateway. */
import type { HclExpression } from '../../../files/hcl.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { StarterInput } from '../../part.ts';
import { standsInExistingNetwork } from './existing-network.ts';

/** Whether a network of the cluster's own is connected to that of the house. */
export function leadsToHouse(input: StarterInput): boolean {
  const way = wayOut(input);
  return way !== 'nat' && !standsInExistingNetwork(input);
}

/** Three small ranges more, for the interfaces of the attachment: apart, so that routes of nodes never catch what comes back. */
export const WITH_TRANSIT: HclExpression = { kind: 'expression', code: '3, 3, 3, 3, 3, 3, 5, 5, 5' };
/** In a column with the longest name beside it. */
export function transitRange(column: 'wide' | 'narrow'): HclExpression {
  return {
    kind: 'expression',
    code: `      ${'transit'.padEnd(column === 'wide' ? 13 : 7)} = local.rest[index + 6]\n`,
  };
}
