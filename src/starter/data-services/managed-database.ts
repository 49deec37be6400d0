/** A database that the cloud runs, in the network of the cluster. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';

const DECISION = 'data-services';

export function managedDatabase({ foundation }: ModuleInput): Contribution | NotGenerated {
  const database = foundation.services?.database;
  return database === undefined
    ? { notGenerated: 'Databases of this cloud are not generated for this control plane.' }
    : database(DECISION);
}
