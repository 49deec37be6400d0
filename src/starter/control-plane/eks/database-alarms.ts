/** What AWS says of the database before anybody in the cluster could: events, its disk, its processor. */
import { hcl } from '../../../files/hcl.ts';

export const ALARMS = hcl`resource "aws_db_event_subscription" "main" {
  name        = "\${var.cluster_name}-database"
  sns_topic   = aws_sns_topic.alarms.arn
  source_type = "db-instance"
  source_ids  = [aws_db_instance.main.identifier]
  event_categories = [
    "availability",
    "failover",
    "failure",
    "low storage",
    "recovery",
  ]
}

resource "aws_cloudwatch_metric_alarm" "database_storage" {
  alarm_name          = "\${var.cluster_name}-database-storage"
  alarm_description   = "Less than a tenth of the disk is free: docs/runbooks/database.md"
  namespace           = "AWS/RDS"
  metric_name         = "FreeStorageSpace"
  dimensions          = { DBInstanceIdentifier = aws_db_instance.main.identifier }
  statistic           = "Minimum"
  period              = 300
  evaluation_periods  = 3
  threshold           = var.database.storage_gib * 1024 * 1024 * 1024 / 10
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "database_cpu" {
  alarm_name          = "\${var.cluster_name}-database-cpu"
  alarm_description   = "The processor has been busy for half an hour: docs/runbooks/database.md"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  dimensions          = { DBInstanceIdentifier = aws_db_instance.main.identifier }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 6
  threshold           = 90
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}
`;
