/** The page on the database: letting a workload in, and getting it back. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { sparedDatabases } from '../../environments/database-zones.ts';
import type { StarterInput } from '../../part.ts';
import { DATABASE_USERS } from './database-users.ts';
import { folderOf, isOwnControlPlane } from './trust.ts';

const GIVEN = 'RDS makes it within the next maintenance window, without an outage.';

/** Where no infrastructure ties the two together, the account names its role. */
const annotated = (input: StarterInput) =>
  isOwnControlPlane(input)
    ? ` The account names its role:
   \`eks.amazonaws.com/role-arn: arn:aws:iam::ACCOUNT_ID:role/CLUSTER_NAME-${DATABASE_USERS.between}-NAME\`, with the name of that entry.`
    : '';

export const databaseRunbook = (input: ClusterInput): Runbook => ({
  id: 'database',
  title: 'The database: letting a workload in, and getting it back',
  text: `PostgreSQL runs in RDS, with a copy in a second zone that takes over by itself within two minutes.${sparedDatabases(input, folderOf(input), GIVEN)} Its address lies in Secrets Manager as
\`CLUSTER_NAME/database\`.

**A workload is let in** without a password:

1. Its namespace lets it out: a policy to the private subnets at 5432, and one to ${isOwnControlPlane(input) ? `STS, whose addresses change, at 443` : 'the identity agent of the node'}.
2. Sign in as its owner, from a pod in that namespace, with the secret that AWS rotates (\`aws rds describe-db-instances\` names it), and make a
   user: \`CREATE USER web; GRANT rds_iam TO web; CREATE DATABASE web OWNER web;\`
3. Let its service account sign in as that user: an entry in \`database_users\` of the cluster's tfvars, then \`tofu apply\`.${annotated(input)}
4. The workload asks for a token before each connection (\`aws rds generate-db-auth-token\`, or the same call of its SDK), which is valid for a
   quarter of an hour, and connects with \`sslmode=verify-full\` and the bundle of RDS authorities.

A library that can only take a password gets a user of its own with one that lies in the store of secrets, rotated every quarter by a calendar.

**It is slow or full**: Performance Insights shows the statements that wait. The disk grows by itself up to five times its size; then raise
\`storage_gib\`.

**Getting it back.** A wrong statement, or a lost table, to the second within two weeks:

1. \`aws rds restore-db-instance-to-point-in-time --source-db-instance-identifier CLUSTER_NAME-main --target-db-instance-identifier
   CLUSTER_NAME-restored --restore-time TIME --db-subnet-group-name CLUSTER_NAME-database --vpc-security-group-ids GROUP\`
2. Look at the new instance. For a table, dump it there and load it here; for everything, rename both instances so that the address stays.
3. Take what was renamed into the state: \`tofu import\`, then a plan without changes.

The drill, every three months: steps 1 and 2 with a table that somebody dropped on purpose, and the time it took written down. A failover, where there
are two zones:
\`aws rds reboot-db-instance --db-instance-identifier CLUSTER_NAME-main --force-failover\`; workloads must be back within two minutes.
`,
});
