/** Where data lives: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { managedDatabase } from './managed-database.ts';
import { operatorInCluster } from './operator-in-cluster.ts';

export type DataServicesOption = 'managed-database' | 'operator-in-cluster' | 'existing';

export const DATA_SERVICES = {
  'managed-database': managedDatabase,
  'operator-in-cluster': operatorInCluster,
  existing: { noFiles: true },
} satisfies Record<DataServicesOption, Choice>;
