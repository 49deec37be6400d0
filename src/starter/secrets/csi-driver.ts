/** Secrets Store CSI driver, as the cloud runs it: a secret is mounted into the pod that needs it and stored nowhere. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { answerOf } from '../picks.ts';

const DECISION = 'secrets';

export function csiDriver({ foundation, stack }: ModuleInput): Contribution | NotGenerated {
  const mounted = foundation.services?.mountedSecrets;
  return mounted === undefined
    ? { notGenerated: answerOf(stack, 'secret-store') === 'vault' ? OF_VAULT : OF_A_CLOUD }
    : mounted(DECISION);
}

const OF_VAULT =
  'No cloud runs the driver in this cluster, and on hosts of your own it would read Vault by a provider on every node, which is not written: nothing brings secrets into the cluster. External Secrets is written for Vault, where a copy in the cluster may be.';
const OF_A_CLOUD =
  'No cloud runs the driver in this cluster, and on hosts of your own it takes the provider of your store on every node and an identity there for each workload, neither of which is written: nothing brings secrets into the cluster. External Secrets is written for the same stores, where a copy in the cluster may be.';
