/** Where secrets come from and how they arrive, for whoever depends on it. */
import type { ModuleInput } from '../module.ts';
import { answerOf, isNamed, pickOf } from '../picks.ts';

type Told = Pick<ModuleInput, 'stack'>;

/** Mounted from Vault into the pods that need them, because a driver was picked for it or because no copy is allowed. */
export function mountsFromVault({ stack }: Told): boolean {
  const pick = pickOf(stack, 'secrets');
  if (pick === 'vault') return isNamed(stack, 'secret-needs', 'no-copy');
  return pick === 'csi-driver' && answerOf(stack, 'secret-store') === 'vault';
}

/** Mounted from the store of the cloud that the cluster runs in. */
export function mountsFromCloud({ stack }: Told): boolean {
  return pickOf(stack, 'secrets') === 'csi-driver' && answerOf(stack, 'secret-store') !== 'vault';
}

/** Copied out of Vault into namespaces that may have them, by the operator that reads the stores of clouds as well. */
export function copiesFromVault({ stack }: Told): boolean {
  const pick = pickOf(stack, 'secrets');
  if (pick === 'vault') return !mountsFromVault({ stack });
  return pick === 'external-secrets' && answerOf(stack, 'secret-store') === 'vault';
}

export function readsVault(told: Told): boolean {
  return mountsFromVault(told) || copiesFromVault(told);
}
