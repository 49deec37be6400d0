/** The page on restoring where Azure Backup makes the copies. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { hasDatabase } from './database-choices.ts';

export function backupRunbook(input: ClusterInput): Runbook {
  const database = hasDatabase(input);
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
2. Stop delivery for the namespace, so that it does not put back what you take away: \`flux suspend kustomization apps\` where Flux delivers.
3. \`kubectl delete namespace demo\`, and wait until it is gone.
4. Restore the namespace *demo* into the same cluster, in the portal (*Backup vault*, *Restore*) or with
   \`az dataprotection backup-instance initialize-restoreconfig --datasource-type AzureKubernetesService\`, \`restore initialize-for-item-recovery\` and
   \`restore trigger\`. What exists already is left as it is.
5. Compare: pods run, volumes hold data of the night, the public name answers. Resume delivery.

The real thing, one namespace: the same, with the namespace that was lost.
${database ? DATABASE : ''}
The whole cluster is gone: make a new one from \`infra\` and \`scripts/bootstrap.sh\`, let delivery bring what stands in Git, and restore only what
does not: namespaces with volumes, into that cluster. It needs the extension and the trust of the vault, which \`infra\` makes along with it.

The alarm *backup-too-old* or a failed job: \`az dataprotection job list --vault-name CLUSTER_NAME-backups --resource-group CLUSTER_NAME\` says why.
*UserErrorBackupStorageLocationUnavailable*: the extension does not reach the storage account, or has lost its role on it. Traffic leaves
through a firewall: the extension needs \`*.dataprotection.azure.com\`, \`*.blob.core.windows.net\` and \`login.microsoftonline.com\`.

Copies of disks lie in the same region and the same subscription as the cluster: whoever owns the subscription can delete them, and they do not
survive the region. A second tier of the same policy moves one copy a day into the vault; the provider that this repository uses has no
argument for it yet, so that is set in the portal, and only for disks below one TiB.
`,
  };
}

const DATABASE = `
The database: its own backups give it back to any moment within two weeks, as a server beside the old one ([database](database.md)). Older than that,
or when the server itself was deleted: the weekly copy in the vault is restored as files into a storage account, and from there with
\`pg_restore\` into a new server.
`;
