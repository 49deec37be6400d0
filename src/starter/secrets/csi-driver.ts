/** Secrets Store CSI driver: a secret is mounted into the pod that needs it and stored nowhere. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { mountsFromVault } from './source.ts';
import { mountedFromVault } from './vault/mounted.ts';

const DECISION = 'secrets';

export function csiDriver(input: ModuleInput): Contribution | NotGenerated {
  if (mountsFromVault(input)) return mountedFromVault(input);
  return input.foundation.services?.mountedSecrets?.(DECISION) ?? { notGenerated: OF_A_CLOUD };
}

const OF_A_CLOUD =
  "On hosts of your own the driver is written for Vault and OpenBao. For a cloud's store it takes an identity at that cloud for each workload, which nothing here gives: nothing brings secrets into the cluster.";
