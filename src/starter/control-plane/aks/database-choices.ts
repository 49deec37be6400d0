/** What the answers say of a database on AKS. */
import type { ClusterInput } from '../../cluster-input.ts';
import { answerOf, numberAnswer, pickOf } from '../../picks.ts';

export function hasDatabase({ stack }: ClusterInput): boolean {
  return pickOf(stack, 'data-services') === 'managed-database';
}

/** A copy in a second zone costs as much again; backups alone give the database back within hours, and lose some minutes. */
export function hasStandby({ stack }: ClusterInput): boolean {
  const [back, lost] = [answerOf(stack, 'rto'), answerOf(stack, 'rpo')];
  return back === 'minutes' || back === 'zero' || lost === 'zero';
}

/** Backups in the region that Azure has paired with this one, where the loss of a region is to be survived. */
export function hasDistantBackups({ stack }: ClusterInput): boolean {
  return numberAnswer(stack, 'regions', 1) > 1 || pickOf(stack, 'recovery') !== 'backup-restore';
}
