/** Settings and modules of the kernel that the answers say nodes need; which ones, whoever runs them writes down. */
import type { Stack } from '../../engine/outcome.ts';
import { answerOf, pickOf } from '../picks.ts';

/** Nodes of an automatic mode are made by the cloud, which lets nobody tune them. */
export function tunesNodes(stack: Stack): boolean {
  return answerOf(stack, 'node-control') === 'tuned' && pickOf(stack, 'control-plane') === 'managed';
}
