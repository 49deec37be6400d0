/** What the answers say of a database on AKS. */
import type { ClusterInput } from '../../cluster-input.ts';
import { numberAnswer, pickOf } from '../../picks.ts';

export function hasDatabase({ stack }: ClusterInput): boolean {
  return pickOf(stack, 'data-services') === 'managed-database';
}

/** Backups in the region that Azure has paired with this one, where the loss of a region is to be survived. */
export function hasDistantBackups({ stack }: ClusterInput): boolean {
  return numberAnswer(stack, 'regions', 1) > 1 || pickOf(stack, 'recovery') !== 'backup-restore';
}
