/** The page on the database: letting a workload in, and getting it back. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { databaseZones, sparedDatabases } from '../../environments/database-zones.ts';

const GIVEN = 'Cloud SQL makes it of the instance that is there; let nobody be at work then.';

/** What differs between clusters: sentences and clauses. */
export interface DatabasePage {
  /** How a service account of the cluster stands for one of the project. */
  readonly standsFor: string;
  /** Who gets a token, where no connector does. */
  readonly token: string;
  /** Which policies a namespace needs. */
  readonly letOut: string;
}

export function databaseRunbook(
  input: ClusterInput,
  folder: string,
  { standsFor, token, letOut }: DatabasePage,
): Runbook {
  return {
    id: 'database',
    title: 'The database: letting a workload in, and getting it back',
    text: `PostgreSQL runs in Cloud SQL, ${databaseZones(input) === 2 ? 'with a copy in a second zone that takes over by itself within about a minute' : 'in one zone: when that is gone, it is restored into another one'}.${sparedDatabases(input, folder, GIVEN)} It has no public address and no peering: it is reached
at one address among those of the nodes (Private Service Connect), by a name that its certificate holds. \`tofu output database\` in \`${folder}\` says
host, port and the name of each user.

**A workload is let in** without a password:

1. Its namespace lets it out: ${letOut}
2. An entry in \`database_users\` of the cluster's tfvars, then \`tofu apply\`: it makes an account that its service account stands for, and the user.
3. ${standsFor}
4. Give it a database. Sign in as \`postgres\` with a password that is made for this hour (\`gcloud sql users set-password postgres
   --instance=CLUSTER_NAME-main --prompt-for-password\`), from a pod in that namespace, and with USER as \`tofu output database\` has it:
   \`GRANT "USER" TO postgres; CREATE DATABASE web OWNER "USER"; REVOKE "USER" FROM postgres;\`. Afterwards set another password that nobody keeps.
5. The workload connects as USER with a token as its password: the Cloud SQL connector of its language does that by itself (\`enable IAM
   authentication\`, \`PSC\`), or ${token} and connects with \`sslmode=verify-full\` and the
   authority that \`gcloud sql instances describe\` names. A token is valid for an hour.

A library that can only take a password gets a user of its own with one that lies in the store of secrets, rotated every quarter by a calendar.

**It is slow or full**: Query Insights shows the statements that wait. The disk grows by itself up to five times its size; then raise
\`storage_gib\`, which also raises the limit.

**It is down**: \`gcloud sql operations list --instance=CLUSTER_NAME-main --limit=5\` says whether a failover, a maintenance or a restart runs.

**Getting it back.** A wrong statement, or a lost table, to the second within a week:

1. \`gcloud sql instances clone CLUSTER_NAME-main CLUSTER_NAME-restored --point-in-time=TIME\`. For a day before that week there are fourteen
   nightly copies: \`gcloud sql backups list --instance=CLUSTER_NAME-main\`.
2. Look at the new instance; it has its own name and needs an endpoint to be reached, as in \`${folder}/database.tf\`.
3. For a table, dump it there and load it here. For everything, take the new instance into the state (\`tofu import\`) and give workloads its host.

The drill, every three months: steps 1 and 2 with a table that somebody dropped on purpose, and the time it took written down.${
      databaseZones(input) === 2
        ? ' A failover, where there are two zones:\n`gcloud sql instances failover CLUSTER_NAME-main`; workloads must be back within two minutes.'
        : ''
    }

**Taking it down** is three changes that are reviewed: \`deletion_protection\`, \`deletion_protection_enabled\` and \`prevent_destroy\` in
\`${folder}/database.tf\`. Its copies stay, and its name cannot be taken again for a week.
`,
  };
}
