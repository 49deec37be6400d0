/** The pages on restoring where Azure Backup makes the copies. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { hasBorder } from '../../egress/way-out/list.ts';
import { isOpenshift } from '../openshift/project.ts';
import { hasDatabase } from './database-choices.ts';

export function backupRunbook(input: ClusterInput): Runbook {
  const database = hasDatabase(input);
  const { delivery } = input;
  return {
    id: 'restore',
    title: 'Restoring, and the drill that proves it',
    text: `What is copied every night: the objects of the cluster and the disk of every claim in it; disks of Azure alone, no file shares. Objects lie in
the container \`cluster-backups\`, copies of disks in the group *CLUSTER_NAME-snapshots*.${database ? ' The database is copied into the vault every week.' : ''}

A copy that was never restored is a hope. Do the drill every three months, and write down how long it took: that is the recovery time you
have, whatever the records say.

The drill, in ${input.clusters[0].name}:

1. Find the newest copy: \`az dataprotection recovery-point list --vault-name CLUSTER_NAME-backups --resource-group CLUSTER_NAME --backup-instance-name
   INSTANCE --output table\`; \`az dataprotection backup-instance list\` has the name of the instance.
2. Stop delivery for the namespace, so that it does not put back what you take away: \`${delivery.pauseApps}\`.
3. \`kubectl delete namespace demo\`, and wait until it is gone.
4. Restore the namespace *demo* into the same cluster, in the portal (*Backup vault*, *Restore*) or with
   \`az dataprotection backup-instance initialize-restoreconfig --datasource-type AzureKubernetesService\`, \`restore initialize-for-item-recovery\` and
   \`restore trigger\`. What exists already is left as it is.
5. Compare: pods run, volumes hold data of the night, the public name answers. \`${delivery.resumeApps}\`.

The real thing, one namespace: the same, with the namespace that was lost.
${database ? DATABASE : ''}
The whole cluster is gone: make a new one from \`infra\` and \`scripts/bootstrap.sh\`, let delivery bring what stands in Git, and restore only what
does not: namespaces with volumes, into that cluster. It needs the extension and the trust of the vault, which \`infra\` makes along with it.

The alarm *backup-too-old* or a failed job: \`az dataprotection job list --vault-name CLUSTER_NAME-backups --resource-group CLUSTER_NAME\` says why.
*UserErrorBackupStorageLocationUnavailable*: the extension does not reach the storage account, or has lost its role on it.${hasBorder(input) ? BORDER : ''}

Copies of disks lie in the same region and the same subscription as the cluster: whoever owns the subscription can delete them, and they do not
survive the region. A second tier of the same policy moves one copy a day into the vault; the provider that this repository uses has no
argument for it yet, so that is set in the portal, and only for disks below one TiB.
`,
  };
}

const BORDER = ` Or the border
refuses it: whom the extension of Azure Backup calls stands in [the way out](way-out.md).`;

/** Where nothing but the database is copied. */
export function databaseBackupRunbook(input: ClusterInput): Runbook {
  return {
    id: 'restore',
    title: 'Restoring, and the drill that proves it',
    text: `The database alone is copied: every week into the vault *CLUSTER_NAME-backups*, and kept for a year. Azure Backup knows clusters that Azure runs, and
this one is yours: its objects come back from Git, and volumes are expected to hold nothing that cannot be made again. When the first workload keeps data on a
volume, choose Velero.
${DATABASE}
The drill, every three months: restore the newest weekly copy as files, put it into a server of its own, count the rows of a table that you know, write down how long it
took, and delete that server. A copy that was never restored is a hope.

1. The copies: \`az dataprotection backup-instance list --vault-name CLUSTER_NAME-backups --resource-group CLUSTER_NAME --output table\` names the instance,
   \`az dataprotection recovery-point list\` what there is of it.
2. Restore one in the portal (*Backup vault*, *Restore*, *Restore as files*) into a storage account that the vault may write to.

The whole cluster is gone: ${madeAnew(input)}

A failed job raises an alarm; a job that was never started raises none, since Azure looks back for two days and copies are a week apart. Look once a month:
\`az dataprotection job list --vault-name CLUSTER_NAME-backups --resource-group CLUSTER_NAME --output table\`.
`,
  };
}

function madeAnew(input: ClusterInput): string {
  const [{ name }] = input.clusters;
  return isOpenshift(input)
    ? `\`infra\`, the installer and \`scripts/bootstrap.sh ${name}\` make another ([bootstrap](bootstrap.md)), with keys of service accounts of its own: apply \`infra\` again when they are published.`
    : `\`infra\`, \`scripts/host-config.sh ${name}\` and \`scripts/bootstrap.sh ${name}\` make it anew ([bootstrap](bootstrap.md)); keys of service accounts
come with the snapshot of etcd ([etcd](etcd.md)).`;
}

const DATABASE = `
The database: its own backups give it back to any moment within two weeks, as a server beside the old one ([database](database.md)). Older than that,
or when the server itself was deleted: the weekly copy in the vault is restored as files into a storage account, and from there with
\`pg_restore\` into a new server.
`;
