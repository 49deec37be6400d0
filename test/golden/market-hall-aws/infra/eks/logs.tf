# Follows ADR-0006 (docs/adr/0006-logs-the-cloud-providers-log-service.md).
# Where logs of pods and events are kept; a query that people begin with is saved beside them.

resource "aws_cloudwatch_log_group" "pods" {
  name              = "/platform/${var.cluster_name}/pods"
  retention_in_days = var.log_retention_days
  kms_key_id        = aws_kms_key.logs.arn
}

resource "aws_cloudwatch_log_stream" "pods" {
  name           = "pods"
  log_group_name = aws_cloudwatch_log_group.pods.name
}

resource "aws_cloudwatch_query_definition" "errors" {
  name            = "${var.cluster_name}/errors-by-namespace"
  log_group_names = [aws_cloudwatch_log_group.pods.name]
  query_string    = "filter body like /(?i)error/ | stats count(*) as lines by attributes.namespace | sort lines desc"
}
