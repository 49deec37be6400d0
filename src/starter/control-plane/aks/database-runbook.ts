/** The page on the database: letting a workload in, and getting it back. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { databaseZones, sparedDatabases } from '../../environments/database-zones.ts';
import { isGivenNetwork } from './addresses.ts';
import { folderOf } from './title.ts';

const GIVEN = 'Azure does it while the server answers.';

export function databaseRunbook(input: ClusterInput): Runbook {
  const zones =
    databaseZones(input) === 2
      ? 'with a copy in a second zone that takes over by itself within two minutes'
      : 'in one zone; when that zone is lost, it is restored into another one from its backups, which lie in all zones';
  const given = isGivenNetwork(input)
    ? `\nIts subnet belongs to the owner of the network: at least /28, delegated to Microsoft.DBforPostgreSQL/flexibleServers, with a security group
that lets the nodes in at 5432, and the subnet itself at 5432 and 6432. The cluster's zone is linked to that network, which takes the right
to join it.\n`
    : '';
  return {
    id: 'database',
    title: 'The database: letting a workload in, and getting it back',
    text: `PostgreSQL runs as a flexible server of Azure, ${zones}.${sparedDatabases(input, folderOf(input), GIVEN)} It answers within the network alone, and
nobody has a password: \`tofu -chdir=${folderOf(input)} output database\` says where it is and who may sign in.
${given}
**A workload is let in**:

1. Its namespace lets it out: a policy to the range \`cidr\` of the output at 5432, and one to Entra at 443.
2. Name its service account in \`database_users\` of the cluster's tfvars, then \`tofu apply\`. The output has two ids for it.
3. Sign in as a member of the group \`database_admin\`, from a pod in that namespace or a machine in the network: \`PGUSER\` is the name of the group,
   \`PGPASSWORD=$(az account get-access-token --resource-type oss-rdbms --query accessToken --output tsv)\`. In the database *postgres*:
   \`SELECT * FROM pgaadauth_create_principal_with_oid('web', 'OBJECT_ID', 'service', false, false); CREATE DATABASE web OWNER web;\`
4. Its service account carries \`azure.workload.identity/client-id: CLIENT_ID\`, its pods the label \`azure.workload.identity/use: "true"\`.
5. The workload asks for a token before each connection (the scope is \`https://ossrdbms-aad.database.windows.net/.default\`; the Azure library of
   its language does it) and connects as \`web\` with the token as its password and \`sslmode=verify-full\`.

A library that can only take a password does not fit this database; a small proxy beside it that asks for the token does.

**It is slow or full**: *Query Performance Insight* shows the statements that wait, once \`pg_qs.query_capture_mode\` is on. The disk grows by
itself at 80 to 90 percent; it never shrinks. **It does not answer**: *Resource health* of the server says whether Azure is at work on it.

**Getting it back.** A wrong statement, or a lost table, to any moment within two weeks, but for the last five minutes:

1. \`az postgres flexible-server restore --resource-group NAME --name psql-restored --source-server SERVER --restore-time TIME --subnet SUBNET
   --private-dns-zone ZONE\`. It is a new server beside the old one, and the lock on the old one stays.
2. Look at it. For a table, dump it there and load it here. For everything, let workloads connect to the new name, which is a change of
   their configuration in Git.
3. Take what replaced the old one into the state: \`tofu state rm\` and \`tofu import\` of the server, then a plan without changes.

Backups go with the server: one that was deleted by somebody with the right to take the lock off can be brought back for five days by the
support of Azure, and not after.

The drill, every three months: steps 1 and 2 with a table that somebody dropped on purpose, and the time it took written down.${
      databaseZones(input) === 2
        ? '\nA failover, where there are two zones: `az postgres flexible-server restart --resource-group NAME --name SERVER --failover Forced`; workloads must be back within two minutes.'
        : ''
    }
`,
  };
}
