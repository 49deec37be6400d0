/** database.tf: PostgreSQL that Google runs, reached at one private address, without a password for workloads. */
import type { Id } from '../../../content/catalogue.ts';
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution } from '../../contribution.ts';
import { answerOf } from '../../picks.ts';
import { terraformText } from '../../terraform.ts';
import { DATABASE_ALARMS } from './database-alarms.ts';
import { databaseCopy } from './database-copy.ts';
import { DATABASE_ENDPOINT } from './database-endpoint.ts';
import { type Availability, databaseInstance } from './database-instance.ts';
import { databaseRunbook } from './database-runbook.ts';
import { databaseUsers } from './database-users.ts';
import { FOLDER } from './settings.ts';

export function gkeDatabase(input: ClusterInput, decision: Id): Contribution {
  const availability = availabilityOf(input);
  const copy = databaseCopy(input);
  const where = availability === 'REGIONAL' ? 'in two zones' : 'in one zone';
  return {
    files: new Map([
      [
        `${FOLDER}/database.tf`,
        terraformText(
          input,
          decision,
          `PostgreSQL ${where}, at one address of the nodes' network. Workloads sign in with their own identity; nobody has a password of it.`,
          hcl`${databaseInstance(availability, copy)}${DATABASE_ENDPOINT}${databaseUsers(copy)}${DATABASE_ALARMS}${copy.alarms}`,
        ),
      ],
    ]),
    runbooks: [databaseRunbook(availability)],
    checks: [
      {
        decision,
        says: `The database stands ${where}, has no public address, and nobody removes it by accident.`,
        command: `grep -qE '^ +availability_type += (.* : )?"${availability}"$' ${FOLDER}/database.tf && grep -qE '^ +ipv4_enabled += false$' ${FOLDER}/database.tf && grep -qE '^ +deletion_protection_enabled += true$' ${FOLDER}/database.tf`,
        path: `${FOLDER}/database.tf`,
      },
      {
        decision,
        says: 'The database can be restored to any second of the last week.',
        command: `grep -qE '^ +transaction_log_retention_days += 7$' ${FOLDER}/database.tf`,
        path: `${FOLDER}/database.tf`,
      },
    ],
    nextSteps: [
      'Make the first user of the database and let a workload sign in (docs/runbooks/database.md), when the first one needs it.',
    ],
  };
}

/** A zone that is gone for hours is a restore for who has one zone: where days will do, that is enough. */
function availabilityOf({ stack }: ClusterInput): Availability {
  const daysWillDo = ['rto', 'rpo'].every(question => answerOf(stack, question) === 'days');
  return daysWillDo ? 'ZONAL' : 'REGIONAL';
}
