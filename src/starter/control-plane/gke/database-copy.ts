/** What makes an instance of Cloud SQL the copy of another one in the first region, where a second region stands ready or serves as well. */
import { type HclExpression, hcl, hclCode } from '../../../files/hcl.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { recoveryForm, takeOverPage } from '../../recovery/places.ts';
import { clusterTitle } from './title.ts';

export interface DatabaseCopy {
  readonly variables: HclExpression;
  readonly source: HclExpression;
  /** A value that a copy has another one for. */
  readonly own: (value: HclExpression, ofCopy: HclExpression) => HclExpression;
  /** A block of settings that a copy must not have. */
  readonly ownBlock: (name: string, body: HclExpression) => HclExpression;
  /** What a copy has none of, as arguments of a resource. */
  readonly noneOfCopy: HclExpression;
  /** For each of what a copy has none of. */
  readonly each: (of: HclExpression) => HclExpression;
  readonly alarms: HclExpression;
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };

export function databaseCopy(input: ClusterInput): DatabaseCopy {
  if (recoveryForm(input) === null)
    return {
      variables: NOTHING,
      source: NOTHING,
      own: value => value,
      ownBlock: (name, body) => hcl`    ${hclCode(name)} {
${indented(body, 6)}
    }`,
      noneOfCopy: NOTHING,
      each: of => of,
      alarms: NOTHING,
    };
  return {
    variables: VARIABLES,
    source: SOURCE,
    own: (value, ofCopy) => hcl`local.database_is_copy ? ${ofCopy} : ${value}`,
    ownBlock: (name, body) => hcl`    dynamic ${name} {
      for_each = local.database_is_copy ? [] : ["own"]

      content {
${indented(body, 8)}
      }
    }`,
    noneOfCopy: hcl`  count = local.database_is_copy ? 0 : 1

`,
    each: of => hcl`local.database_is_copy ? {} : ${of}`,
    alarms: lagAlarm(takeOverPage(input)),
  };
}

/** Steps of the page by which a second region takes over. */
export function copyTakesOver(input: ClusterInput, second: Cluster, folder: string): readonly string[] {
  const name = `${clusterTitle(input, second)}-main`;
  return [
    `The copy of the database becomes one of its own, which cannot be undone: \`gcloud sql instances promote-replica ${name}\`, then wait until
   \`gcloud sql instances describe ${name} --format='value(instanceType,state)'\` says *CLOUD_SQL_INSTANCE RUNNABLE*. Afterwards take \`database_replica_of\` out of \`${folder}/envs/${second.name}.tfvars\` and apply:
   it gets backups, a maintenance window, and the users of this cluster.`,
  ];
}

function indented({ code }: HclExpression, columns: number): HclExpression {
  const lines = code.trim().split('\n');
  return hclCode(lines.map(line => (line === '' ? line : ' '.repeat(columns) + line)).join('\n'));
}

const VARIABLES = hcl`
variable "database_replica_of" {
  description = "The cluster of this project whose database this one follows; null for one of its own."
  type        = string
  default     = null
}

locals {
  # A copy has its databases, its users and its backups from what it follows.
  database_is_copy = var.database_replica_of != null
}
`;

const SOURCE = hcl`
  master_instance_name = local.database_is_copy ? "\${var.database_replica_of}-main" : null
`;

const lagAlarm = (page: string) => hcl`
resource "google_monitoring_alert_policy" "database_lag" {
  count = local.database_is_copy ? 1 : 0

  display_name = "\${var.cluster_name}: The copy of the database is minutes behind."
  combiner     = "OR"
  severity     = "CRITICAL"

  conditions {
    display_name = "What is lost with the first region is that much."

    condition_threshold {
      filter                  = "resource.type = \\"cloudsql_database\\" AND resource.labels.database_id = \\"\${var.project_id}:\${google_sql_database_instance.main.name}\\" AND metric.type = \\"cloudsql.googleapis.com/database/replication/replica_lag\\""
      comparison              = "COMPARISON_GT"
      threshold_value         = 120
      duration                = "600s"
      evaluation_missing_data = "EVALUATION_MISSING_DATA_ACTIVE"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  notification_channels = [google_monitoring_notification_channel.on_call.name]

  documentation {
    content   = ${`Runbook: ${page}`}
    mime_type = "text/markdown"
  }
}
`;
