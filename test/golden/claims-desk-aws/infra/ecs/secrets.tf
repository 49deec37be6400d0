# Follows ADR-0014 (docs/adr/0014-secrets-the-providers-secret-store-read-by-the-service-itself.md).
# Secrets, and who reads them.

# Values are added with the AWS CLI (docs/runbooks/deploy-and-rollback.md) and never stand in this repository or its state.
resource "aws_secretsmanager_secret" "main" {
  # checkov:skip=CKV2_AWS_57: What a value is decides how it is changed; the runbook says how, without a rotation function.
  for_each = var.secrets

  name                    = "${var.name}/${each.value.workload}/${each.key}"
  kms_key_id              = data.aws_kms_alias.main.target_key_arn
  recovery_window_in_days = 30
}

locals {
  # By workload, environment variable to secret and version. Roles read what lies under their own workload's name.
  mounted_secrets = { for workload in local.workloads : workload => {
    for name, secret in var.secrets : secret.environment_variable => "${aws_secretsmanager_secret.main[name].arn}:::${secret.version}"
    if secret.workload == workload && secret.version != null
  } }
}
