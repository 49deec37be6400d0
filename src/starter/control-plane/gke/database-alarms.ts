/** What the database itself reports: that it is gone, full, or busy. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';

interface Alarm {
  readonly name: string;
  readonly says: string;
  readonly metric: string;
  readonly comparison: 'COMPARISON_GT' | 'COMPARISON_LT';
  readonly threshold: number;
  readonly lasting: string;
  readonly severity: 'CRITICAL' | 'WARNING';
}

const ALARMS: readonly Alarm[] = [
  {
    name: 'down',
    says: 'The database does not answer.',
    metric: 'up',
    comparison: 'COMPARISON_LT',
    threshold: 1,
    lasting: '120s',
    severity: 'CRITICAL',
  },
  {
    name: 'storage',
    says: 'Less than a tenth of the disk is free.',
    metric: 'disk/utilization',
    comparison: 'COMPARISON_GT',
    threshold: 0.9,
    lasting: '900s',
    severity: 'CRITICAL',
  },
  {
    name: 'cpu',
    says: 'The processor has been busy for half an hour.',
    metric: 'cpu/utilization',
    comparison: 'COMPARISON_GT',
    threshold: 0.9,
    lasting: '1800s',
    severity: 'WARNING',
  },
];

export const DATABASE_ALARMS: HclExpression = {
  kind: 'expression',
  code: ALARMS.map(alarm => policy(alarm).code).join(''),
};

function policy({ name, says, metric, comparison, threshold, lasting, severity }: Alarm): HclExpression {
  const word: HclExpression = { kind: 'expression', code: metric };
  return hcl`
resource "google_monitoring_alert_policy" ${`database_${name}`} {
  display_name = ${{ kind: 'expression', code: `"\${var.cluster_name}: ${says}"` }}
  combiner     = "OR"
  severity     = ${severity}

  conditions {
    display_name = ${says}

    condition_threshold {
      filter                  = "resource.type = \\"cloudsql_database\\" AND resource.labels.database_id = \\"\${var.project_id}:\${google_sql_database_instance.main.name}\\" AND metric.type = \\"cloudsql.googleapis.com/database/${word}\\""
      comparison              = ${comparison}
      threshold_value         = ${threshold}
      duration                = ${lasting}
      evaluation_missing_data = "EVALUATION_MISSING_DATA_ACTIVE"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MEAN"
      }
    }
  }

  notification_channels = [google_monitoring_notification_channel.on_call.name]

  documentation {
    content   = "Runbook: docs/runbooks/database.md"
    mime_type = "text/markdown"
  }
}
`;
}
