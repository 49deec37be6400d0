/** What makes a database of RDS the copy of another one in the first region, where a second region stands ready. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { recoveryForm, takeOverPage } from '../../recovery/places.ts';
import { clusterTitle } from './title.ts';
import { folderOf } from './trust.ts';

interface DatabaseCopy {
  readonly variables: HclExpression;
  readonly source: HclExpression;
  /** A value that a copy has from what it follows. */
  readonly own: (value: HclExpression) => HclExpression;
  readonly alarms: HclExpression;
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };

export function databaseCopy(input: ClusterInput): DatabaseCopy {
  if (recoveryForm(input) === null)
    return { variables: NOTHING, source: NOTHING, own: value => value, alarms: NOTHING };
  return {
    variables: VARIABLES,
    source: SOURCE,
    own: value => hcl`local.database_is_copy ? null : ${value}`,
    alarms: lagAlarm(takeOverPage(input)),
  };
}

/** Steps of the page by which a second region takes over. */
export function copyTakesOver(input: ClusterInput, second: Cluster): readonly string[] {
  const name = `${clusterTitle(input, second)}-main`;
  return [
    `The copy of the database becomes one of its own, which cannot be undone: \`aws rds promote-read-replica --region ${second.region} --db-instance-identifier ${name}\`, then
   \`aws rds wait db-instance-available --region ${second.region} --db-instance-identifier ${name}\`. Afterwards take \`database_replica_of\` out of \`${folderOf(input)}/envs/${second.name}.tfvars\` and apply: the plan
   gives the owner a password of its own and replaces nothing.`,
  ];
}

const VARIABLES = hcl`variable "database_replica_of" {
  description = "The cluster whose database this one follows, and its region; null for one of its own."
  type = object({
    cluster = string
    region  = string
  })
  default = null
}

locals {
  # A copy has its version, its names and its password from what it follows.
  database_is_copy = var.database_replica_of != null
}

`;

const SOURCE = hcl`
  replicate_source_db = local.database_is_copy ? "arn:\${data.aws_partition.current.partition}:rds:\${var.database_replica_of.region}:\${var.account_id}:db:\${var.database_replica_of.cluster}-main" : null
`;

const lagAlarm = (page: string) => hcl`
resource "aws_cloudwatch_metric_alarm" "database_lag" {
  count = local.database_is_copy ? 1 : 0

  alarm_name          = "\${var.cluster_name}-database-lag"
  alarm_description   = ${`The copy is minutes behind: what is lost with the first region is that much. ${page}`}
  namespace           = "AWS/RDS"
  metric_name         = "ReplicaLag"
  dimensions          = { DBInstanceIdentifier = aws_db_instance.main.identifier }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 10
  threshold           = 120
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}
`;
