/** The backup service of the cloud: copies of what carries the cluster's tag. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';

const DECISION = 'backup';

export function providerBackup({ foundation }: ModuleInput): Contribution | NotGenerated {
  const backup = foundation.services?.backup;
  return backup === undefined
    ? {
        notGenerated:
          'The backup service of this cloud copies clusters that the cloud runs, and none is generated for this one: volumes are kept when their claim goes, and nothing is copied anywhere. Velero is generated.',
      }
    : backup(DECISION);
}
