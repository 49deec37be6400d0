/** CloudNativePG: PostgreSQL in the cluster, three instances over three zones, every change copied to the object store. */
import type { ConfigFolder, Contribution } from '../contribution.ts';
import type { ObjectStore } from '../foundation.ts';
import type { ModuleInput } from '../module.ts';
import { platformNamespace } from '../network/namespace.ts';
import { archivesAreFollowed } from '../recovery/places.ts';
import { storeOf } from '../secrets/external-secrets/store.ts';
import { databaseAlerts } from './postgres/alerts.ts';
import { backupStore, nightlyBackup } from './postgres/backups.ts';
import { databaseAccount, databaseCluster, databaseMonitor } from './postgres/cluster.ts';
import { databaseEdges } from './postgres/edges.ts';
import { followedStore, followsFirst } from './postgres/follower.ts';
import {
  ARCHIVE_DAYS,
  CLUSTER,
  DECISION,
  NAMESPACE,
  OPERATOR,
  OPERATOR_NAMESPACE,
} from './postgres/names.ts';
import { operatorComponents } from './postgres/operator.ts';
import { databaseRunbooks } from './postgres/runbooks.ts';
import { teamDatabase } from './postgres/team-database.ts';

export function operatorInCluster(input: ModuleInput): Contribution {
  const { foundation } = input;
  // What the plugin forgets goes later than what it deletes itself: an archive is worth nothing with a part gone.
  const follows = archivesAreFollowed(input);
  const { copied } = foundation.objectStorage;
  const store: ObjectStore = {
    id: NAMESPACE,
    days: ARCHIVE_DAYS,
    ...(follows ? { followed: copied === undefined ? 'elsewhere' : 'copied' } : {}),
  };
  const grant = foundation.rights.objectStore(DECISION, { namespace: NAMESPACE, name: CLUSTER }, store);
  const secrets = storeOf(input);
  return {
    files: grant.files,
    namespaces: [
      platformNamespace(OPERATOR_NAMESPACE, DECISION),
      {
        ...platformNamespace(NAMESPACE, DECISION),
        labels: secrets === null ? {} : { [secrets.label]: secrets.value },
      },
    ],
    components: operatorComponents(foundation),
    config: [
      {
        id: NAMESPACE,
        decision: DECISION,
        says: 'One PostgreSQL for the workloads that keep state; teams get a database in it each (docs/runbooks/team-database.md).',
        objects: {
          account: [databaseAccount(grant)],
          cluster: [databaseCluster(input, grant)],
          backups: [backupStore(foundation), nightlyBackup()],
          monitor: [databaseMonitor()],
          alerts: [databaseAlerts(input)],
          ...(follows ? { followed: [followedStore(foundation)] } : {}),
        },
        patches: cluster => followsFirst(input, cluster),
      } satisfies ConfigFolder,
    ],
    edges: databaseEdges(foundation.identityAgentPort),
    runbooks: [
      teamDatabase(input),
      ...databaseRunbooks(input, grant),
      ...(copied === undefined ? [] : [copied.runbook]),
    ],
    nextSteps: copied?.nextSteps ?? [],
    checks: [
      {
        decision: DECISION,
        says: 'Every change of the databases is copied to the object store.',
        command: `grep -q 'isWALArchiver: true' platform-config/base/${NAMESPACE}/cluster.yaml`,
        path: `platform-config/base/${NAMESPACE}/cluster.yaml`,
      },
      {
        decision: DECISION,
        says: 'The operator runs, all instances are ready, and the archive is written.',
        command: `kubectl -n ${OPERATOR_NAMESPACE} rollout status deployment/${OPERATOR} --timeout=5m && for condition in Ready ContinuousArchiving; do kubectl -n ${NAMESPACE} wait --for="condition=$condition" clusters.postgresql.cnpg.io/${CLUSTER} --timeout=10m || exit 1; done`,
        path: `platform-config/base/${NAMESPACE}/cluster.yaml`,
      },
      {
        decision: DECISION,
        says: 'A backup is made every night.',
        command: `grep -q 'kind: ScheduledBackup' platform-config/base/${NAMESPACE}/backups.yaml`,
        path: `platform-config/base/${NAMESPACE}/backups.yaml`,
      },
      ...(copied?.checks ?? []).map(check => ({ ...check, decision: DECISION })),
    ],
  };
}
