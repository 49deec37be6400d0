/** Secrets Store CSI driver, as the cloud runs it: a secret is mounted into the pod that needs it and stored nowhere. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { answerOf } from '../picks.ts';

const DECISION = 'secrets';

export function csiDriver({ foundation, stack }: ModuleInput): Contribution | NotGenerated {
  // What a cloud runs reads the store of that cloud alone.
  if (answerOf(stack, 'secret-store') === 'vault') return { notGenerated: OF_VAULT };
  return foundation.services?.mountedSecrets?.(DECISION) ?? { notGenerated: OF_A_CLOUD };
}

const OF_VAULT =
  'The driver reads Vault by a provider of Vault on every node, which is not written: nothing brings secrets into the cluster. External Secrets is written for Vault, where a copy in the cluster may be.';
const OF_A_CLOUD =
  'No cloud runs the driver in this cluster, and on hosts of your own it takes the provider of your store on every node and an identity there for each workload, neither of which is written: nothing brings secrets into the cluster. External Secrets is written for the same stores, where a copy in the cluster may be.';
