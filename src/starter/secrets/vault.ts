/** Vault or OpenBao, run apart from the clusters: mounted into pods where no copy is allowed, and copied into namespaces otherwise. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { mountsFromVault } from './source.ts';
import { copiedFromVault } from './vault/copied.ts';
import { mountedFromVault } from './vault/mounted.ts';

export function vault(input: ModuleInput): Contribution | NotGenerated {
  return mountsFromVault(input) ? mountedFromVault(input) : copiedFromVault(input);
}
