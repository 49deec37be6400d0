/** Secrets Store CSI driver, as the cloud runs it: a secret is mounted into the pod that needs it and stored nowhere. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';

const DECISION = 'secrets';

export function csiDriver({ foundation }: ModuleInput): Contribution | NotGenerated {
  const mounted = foundation.services?.mountedSecrets;
  return mounted === undefined
    ? {
        notGenerated:
          'No cloud runs the driver in this cluster, and on hosts of your own it would read Vault by a provider on every node, which is not written: nothing brings secrets into the cluster. External Secrets is written for the same stores, and the operator of Vault for Vault.',
      }
    : mounted(DECISION);
}
