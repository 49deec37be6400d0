/** database.tf: PostgreSQL that Google runs, reached at one private address, without a password for workloads. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution } from '../../contribution.ts';
import { withZones } from '../../environments/database-zones.ts';
import type { GoogleGround } from '../../google/ground.ts';
import { terraformText } from '../../terraform.ts';
import { DATABASE_ALARMS } from './database-alarms.ts';
import { databaseCopy } from './database-copy.ts';
import { databaseEndpoint } from './database-endpoint.ts';
import { databaseInstance } from './database-instance.ts';
import { type DatabasePage, databaseRunbook } from './database-runbook.ts';
import { databaseUsers } from './database-users.ts';
import { GKE_GROUND } from './ground.ts';

/** Where workloads that sign in to the database run. */
export interface DatabasePlace {
  readonly ground: GoogleGround;
  /** Who may act for the account of an entry of `database_users`: an expression. */
  readonly member: HclExpression;
  /** After what its address is taken: a line of the resource. */
  readonly after: HclExpression;
  readonly page: DatabasePage;
}

export function gkeDatabase(input: ClusterInput, decision: Id): Contribution {
  return googleDatabase(input, decision, ON_GKE);
}

const ON_GKE: DatabasePlace = {
  ground: GKE_GROUND,
  member: hcl`"serviceAccount:\${var.project_id}.svc.id.goog[\${each.value.namespace}/\${each.value.service_account}]"`,
  after: hcl``,
  page: {
    standsFor:
      'Annotate its service account: `iam.gke.io/gcp-service-account: SHORT_NAME-db-KEY@PROJECT.iam.gserviceaccount.com`.',
    token: 'it asks the metadata server for a token before each connection',
    letOut: `a policy to the range of the nodes (VPC_CIDR) at 5432, one to the metadata server, and for the connector 3307 in the
   same range and 443 to Google as well.`,
  },
};

export function googleDatabase(input: ClusterInput, decision: Id, place: DatabasePlace): Contribution {
  const { folder } = place.ground;
  const copy = databaseCopy(input);
  return {
    files: new Map([
      [
        `${folder}/database.tf`,
        terraformText(
          input,
          decision,
          `PostgreSQL at one address of the nodes' network, in as many zones as its values say. Workloads sign in with their own identity; nobody has a password of it.`,
          hcl`${databaseInstance(input, copy)}${databaseEndpoint(place.after)}${databaseUsers(copy, place.member)}${DATABASE_ALARMS}${copy.alarms}`,
        ),
      ],
    ]),
    runbooks: [databaseRunbook(input, folder, place.page)],
    checks: [
      withZones(input, folder, {
        decision,
        says: 'The database is private, and nobody removes it by accident.',
        command: `grep -qE '^ +ipv4_enabled += false$' ${folder}/database.tf && grep -qE '^ +deletion_protection_enabled += true$' ${folder}/database.tf`,
        path: `${folder}/database.tf`,
      }),
      {
        decision,
        says: 'The database can be restored to any second of the last week.',
        command: `grep -qE '^ +transaction_log_retention_days += 7$' ${folder}/database.tf`,
        path: `${folder}/database.tf`,
      },
    ],
    nextSteps: [
      'Make the first user of the database and let a workload sign in (docs/runbooks/database.md), when the first one needs it.',
    ],
  };
}
