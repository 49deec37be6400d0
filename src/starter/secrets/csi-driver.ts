/** Secrets Store CSI driver, as the cloud runs it: a secret is mounted into the pod that needs it and stored nowhere. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';

const DECISION = 'secrets';

export function csiDriver({ foundation }: ModuleInput): Contribution | NotGenerated {
  const mounted = foundation.services?.mountedSecrets;
  return mounted === undefined
    ? {
        notGenerated:
          'The CSI driver for secrets is not generated for this cloud yet: nothing brings secrets into the cluster.',
      }
    : mounted(DECISION);
}
