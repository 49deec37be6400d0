/** Steps by which the copy of a database becomes the one that is written. */

import type { Cluster } from '../cluster-input.ts';
import { CLUSTER, NAMESPACE } from '../data-services/postgres/names.ts';
import type { ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';

export function databaseTakesOver(
  { stack, foundation }: ModuleInput,
  { second }: { readonly second: Cluster },
): readonly string[] {
  const data = pickOf(stack, 'data-services');
  if (data === 'operator-in-cluster') return [inCluster(second.name)];
  const steps = foundation.services?.databaseReplica?.takesOver(second);
  return data === 'managed-database' && steps !== undefined ? steps.map(step => `*Minute 5.* ${step}`) : [];
}

function inCluster(second: string): string {
  return `*Minute 5.* The databases of the second place become writable: in \`platform-config/${second}/kustomization.yaml\` set \`enabled: false\` under \`/spec/replica\`,
   merge, and wait: \`kubectl -n ${NAMESPACE} get clusters.postgresql.cnpg.io ${CLUSTER}\` names a primary, and
   \`kubectl -n ${NAMESPACE} exec ${CLUSTER}-1 -c postgres -- psql -tc 'select pg_is_in_recovery()'\` says *f* there.`;
}
