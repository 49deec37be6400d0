/** How much of a cluster AWS runs: Auto Mode brings nodes, network, disks and load balancers along. */
import type { HclExpression } from '../../../files/hcl.ts';
import type { StarterInput } from '../../part.ts';
import { pickOf } from '../../picks.ts';

export function isAutoMode({ stack }: Pick<StarterInput, 'stack'>): boolean {
  return pickOf(stack, 'control-plane') === 'managed-auto';
}

export const NOTHING: HclExpression = { kind: 'expression', code: '' };
