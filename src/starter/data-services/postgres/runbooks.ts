/** What to do when an alert of the databases fires, when data has to come back, and when versions change. */
import { writeYaml } from '../../../files/yaml.ts';
import type { Runbook } from '../../contribution.ts';
import { AUTHORITIES_FILE, trustsHouse } from '../../dns-and-certificates/house/authorities.ts';
import type { Grant } from '../../foundation.ts';
import type { ModuleInput } from '../../module.ts';
import { answerOf } from '../../picks.ts';
import {
  BACKUP_DAYS,
  CLUSTER,
  NAMESPACE,
  OPERATOR,
  OPERATOR_NAMESPACE,
  PLUGIN_NAME,
  STORE,
} from './names.ts';

const FILE = `platform-config/base/${NAMESPACE}/cluster.yaml`;
const DRILL = `${CLUSTER}-drill`;
const CLUSTERS = 'clusters.postgresql.cnpg.io';

export function databaseRunbooks(input: ModuleInput, grant: Grant): readonly Runbook[] {
  return [
    { id: 'databases', title: 'An alert of the databases', text: alerts(input) },
    {
      id: 'databases-restore',
      title: 'Databases come back, and the drill that proves it',
      text: restore(input, grant),
    },
    {
      id: 'databases-upgrade',
      title: 'New versions of PostgreSQL and of its operator',
      text: upgrade(input),
    },
  ];
}

function ofAuthority(input: ModuleInput): string {
  return trustsHouse(input)
    ? `the store's certificate is of an authority that \`${AUTHORITIES_FILE}\` does not hold.`
    : `the store's certificate comes from an authority of your own; name it as \`endpointCA\` in \`platform-config/base/${NAMESPACE}/backups.yaml\`.`;
}

function alerts(input: ModuleInput): string {
  const { stack } = input;
  return `First look, always: \`kubectl -n ${NAMESPACE} get ${CLUSTERS},pods,pvc -o wide\`, then \`kubectl -n ${NAMESPACE} describe ${CLUSTERS} ${CLUSTER}\`. The first
instance is named under *Primary*; the operator chooses it, never a person with a promotion by hand.

**DatabaseDown**: no pod is *Running*: \`kubectl -n ${NAMESPACE} describe pod ${CLUSTER}-1\`. Running and not ready: \`kubectl -n ${NAMESPACE} logs ${CLUSTER}-1 -c postgres --tail=50\`.
*No space left* is DatabaseVolumeFillsUp. The operator is silent: \`kubectl -n ${OPERATOR_NAMESPACE} logs deployment/${OPERATOR} --tail=50\`.

**DatabaseShortOfInstances**: an instance waits for a node in the zone of its volume. When the zone is gone for good, delete its claims
(\`kubectl -n ${NAMESPACE} delete pvc ${CLUSTER}-N ${CLUSTER}-N-wal\`) and its pod: it is copied anew from the first instance.
${
  answerOf(stack, 'rpo') === 'zero'
    ? `\nA change counts only once a second instance has it: with two instances gone nothing can be written, which is what was asked for. Writing without\na second copy is a decision of whoever answers for the data: \`dataDurability: preferred\` in \`${FILE}\`.\n`
    : ''
}
**DatabaseLagging**: \`kubectl -n ${NAMESPACE} exec ${CLUSTER}-1 -c postgres -- psql -c 'select application_name, replay_lag from pg_stat_replication'\` on the first instance. A long
transaction that reads on the lagging one, or a volume that is too slow. A cluster that follows the archive of another one is as far behind as that
archive, five minutes and more where little is written: this alert speaks of instances that receive from another one alone.

**DatabaseReceivesNothing**: *in_recovery* without a receiver: \`kubectl -n ${NAMESPACE} exec ${CLUSTER}-N -c postgres -- psql -c 'select pg_is_in_recovery(), status from pg_stat_wal_receiver'\`
for each N; no row where it stands still. Its log names why: \`kubectl -n ${NAMESPACE} logs ${CLUSTER}-N -c postgres --tail=50\`. *Requested WAL segment has already been removed*: delete its claims and
its pod as for DatabaseShortOfInstances.

**DatabaseArchiveStandsStill**: \`kubectl -n ${NAMESPACE} logs ${CLUSTER}-1 -c plugin-barman-cloud --tail=50\` on the first instance. *AccessDenied* or *403*: right and store do not agree.
*x509*: ${ofAuthority(input)} *Expected empty archive*: another cluster has written
under this name; give \`serverName\` a new one. Once mended the archive catches up by itself; the volume of changes has room for about 10 GB until then.

**DatabaseBackupTooOld**: \`kubectl -n ${NAMESPACE} get backups.postgresql.cnpg.io\` and the message of the last one. Make one now:

\`\`\`sh
kubectl -n ${NAMESPACE} create -f - <<'EOF'
apiVersion: postgresql.cnpg.io/v1
kind: Backup
metadata: {generateName: by-hand-, namespace: ${NAMESPACE}}
spec: {method: plugin, pluginConfiguration: {name: ${PLUGIN_NAME}}, cluster: {name: ${CLUSTER}}}
EOF
\`\`\`

**DatabaseVolumeFillsUp**: raise \`storage.size\` or \`walStorage.size\` in \`${FILE}\`; the volume grows while it is in use where the class allows it. Then find out what
grows: \`select datname, pg_size_pretty(pg_database_size(datname)) from pg_database\`.

**DatabaseConnectionsRunOut**: \`select usename, state, count(*) from pg_stat_activity group by 1, 2 order by 3 desc\`. Whoever holds *idle in transaction* forgets to commit; it is cut off after ten
minutes. A service that opens one connection for each request needs a pool.
`;
}

function restore(input: ModuleInput, grant: Grant): string {
  return `Whole copies of every night and all changes since lie in the object store for ${BACKUP_DAYS} days: any moment in between can come back, to the
second. What was written in the last minutes before a loss of everything may not be there yet: a change is copied when 16 MB are
together or after five minutes.

## The drill

Every month, in the first environment. A new cluster is made from the store beside the one that runs; nothing that runs is touched.

1. Note the time, and something to find again: \`kubectl -n ${NAMESPACE} exec ${CLUSTER}-1 -c postgres -- psql -d app -c "create table if not exists drill (at timestamptz); insert into drill values (now())"\`,
   on the first instance. Wait six minutes.
2. Make the second cluster:

${indented(drillCluster(input, grant))}

3. \`kubectl -n ${NAMESPACE} wait --for=condition=Ready ${CLUSTERS}/${DRILL} --timeout=60m\`. It waits: \`kubectl -n ${NAMESPACE} logs -l cnpg.io/cluster=${DRILL} --all-containers --tail=50\`.
4. \`kubectl -n ${NAMESPACE} exec ${DRILL}-1 -c postgres -- psql -d app -tc 'select max(at) from drill'\` is the moment of step 1.
5. Note the time again. The minutes since step 2 are your recovery time, whatever the records say; write them beside the last ones.
6. \`kubectl -n ${NAMESPACE} delete ${CLUSTERS} ${DRILL}\`, and its volumes in the storage: their class keeps them.

## One database, or one table, is wrong

1. The drill above, with the moment before the mistake under \`recovery\`: \`recoveryTarget: {targetTime: "2026-11-20 09:59:00+00"}\`.
2. Copy out of it what is missing:

   \`\`\`sh
   first="$(kubectl -n ${NAMESPACE} get ${CLUSTERS} ${CLUSTER} -o jsonpath='{.status.currentPrimary}')"
   kubectl -n ${NAMESPACE} exec ${DRILL}-1 -c postgres -- pg_dump -Fc orders -t invoices > invoices.dump
   kubectl -n ${NAMESPACE} exec -i "$first" -c postgres -- pg_restore -d orders --no-owner --role=orders < invoices.dump
   \`\`\`

   What is there already is not overwritten: rename it first.
3. Step 6 of the drill.

## All of it is lost

Whoever leads the incident decides, since what came after the last copied change is given up by it.

1. Stop delivery: \`${input.delivery.pauseApps}\`, and the services that write.
2. In \`${FILE}\`, in one commit: under \`bootstrap\` nothing but \`recovery: {source: before}\`,
   \`externalClusters\` with \`before\` as in the drill, and a new \`serverName\` under \`plugins\`, \`${CLUSTER}-2\`: an archive is never written over. Merge it.
3. Where the cluster is still there and has the new \`bootstrap\` (\`kubectl -n ${NAMESPACE} get ${CLUSTERS} ${CLUSTER} -o jsonpath='{.spec.bootstrap}'\`), delete it:
   \`kubectl -n ${NAMESPACE} delete ${CLUSTERS} ${CLUSTER}\`. Its volumes stay, in the storage.
4. Delivery makes it again; a change by hand is undone ${input.delivery.undone}. Wait for *Ready*. Names and passwords of roles are part of what came back, and
   services find it under the same address.
5. \`${input.delivery.resumeApps}\`. Make a backup at once ([databases](databases.md), DatabaseBackupTooOld).

In another cluster or place it is the same, with the store of the lost cluster: give the account \`${CLUSTER}\` the right to read it first.
`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map(line => (line === '' ? line : `   ${line}`))
    .join('\n');
}

/** As small as it can be; the image is that of the running cluster, wherever it is pulled from. */
function drillCluster({ foundation }: ModuleInput, { podLabels }: Grant): string {
  const {
    storageClass: ofPlatform,
    workloadNodes,
    workloadStorageClass: storageClass = ofPlatform,
  } = foundation;
  const object = {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name: DRILL, namespace: NAMESPACE },
    spec: {
      imageName: '$image',
      instances: 1,
      serviceAccountName: CLUSTER,
      ...(Object.keys(podLabels).length === 0 ? {} : { inheritedMetadata: { labels: podLabels } }),
      resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '2Gi' } },
      ...(workloadNodes === undefined ? {} : { affinity: { nodeSelector: { ...workloadNodes } } }),
      storage: { storageClass, size: '20Gi' },
      walStorage: { storageClass, size: '10Gi' },
      bootstrap: { recovery: { source: 'before' } },
      externalClusters: [
        {
          name: 'before',
          plugin: { name: PLUGIN_NAME, parameters: { barmanObjectName: STORE, serverName: CLUSTER } },
        },
      ],
    },
  };
  const text = writeYaml([object]).replace(/^---\n/, '');
  return `\`\`\`sh
image="$(kubectl -n ${NAMESPACE} get ${CLUSTERS} ${CLUSTER} -o jsonpath='{.spec.imageName}')"
kubectl apply -f - <<EOF
${text.trimEnd()}
EOF
\`\`\``;
}

function upgrade(input: ModuleInput): string {
  return `Renovate offers new versions; each goes through the environments in order.

**A new patch of PostgreSQL** (18.6 to 18.7) is \`imageName\` in \`${FILE}\`. Instances that follow are replaced first, then another one takes over: writing stops for
seconds. Merge it in a quiet hour; services must try again.

**The operator and its plugin** (\`delivery\`): read the notes of the release, take one minor at a time, and the plugin after the operator. A new operator
replaces every instance once, as above. The operator supports a minor for about half a year: an update waits no longer than that.

**A new major of PostgreSQL** (18 to 19) stops all databases for the minutes that it takes, and is not undone by going back in Git once it has succeeded:

1. The drill of [databases-restore](databases-restore.md), then the upgrade on the drilled cluster: change its \`imageName\`, and see that services work with it.
   Note how long it took.
2. Announce that time, doubled. Stop the services that write, make a backup, and wait until it is *completed*.
3. In \`${FILE}\`, in one commit: the new \`imageName\`, of the same Debian release, and a new \`serverName\` under \`plugins\` (\`${CLUSTER}-19\`): the archive of
   the old major stays as it is, and cannot be continued.
4. Merge. *It fails*: revert the commit, and the old version starts again with its data as it was.
5. *It is ready*: \`kubectl -n ${NAMESPACE} exec ${CLUSTER}-1 -c postgres -- vacuumdb --all --analyze-in-stages\` on the first instance, since statistics are not taken along.
   Make a backup at once: before it nothing of the new major can be restored.
6. \`${input.delivery.resumeApps}\` where delivery was stopped. After ${BACKUP_DAYS} days the folder of the old \`serverName\` in the store may go: nothing deletes it sooner than its bucket does.

Extensions have versions of their own: \`alter extension NAME update\` in each database that uses one.
`;
}
