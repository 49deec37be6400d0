# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# The scheduled job.

resource "azurerm_container_app_job" "job" {
  name                         = "job"
  location                     = var.location
  resource_group_name          = local.group
  container_app_environment_id = azurerm_container_app_environment.main.id
  workload_profile_name        = "Consumption"
  replica_timeout_in_seconds   = var.job.timeout_seconds
  replica_retry_limit          = var.job.max_retries
  tags                         = local.tags

  identity {
    type         = "UserAssigned"
    identity_ids = [data.azurerm_user_assigned_identity.workload["job"].id]
  }

  registry {
    server   = data.azurerm_container_registry.main.login_server
    identity = data.azurerm_user_assigned_identity.workload["job"].id
  }

  dynamic "secret" {
    for_each = local.mounted_secrets["job"]

    content {
      name                = secret.key
      identity            = data.azurerm_user_assigned_identity.workload["job"].id
      key_vault_secret_id = secret.value.id
    }
  }

  # One at a time.
  schedule_trigger_config {
    cron_expression          = var.job.schedule
    parallelism              = 1
    replica_completion_count = 1
  }

  template {
    container {
      name    = "job"
      image   = local.images.job
      cpu     = var.job.cpu
      memory  = var.job.memory
      command = var.job.image == null ? ["/bin/echo", "The job has no image of its own yet."] : null

      dynamic "env" {
        for_each = local.environment["job"]

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = local.mounted_secrets["job"]

        content {
          name        = env.value.variable
          secret_name = env.key
        }
      }
    }
  }

  depends_on = [azurerm_private_endpoint.registry, azurerm_private_endpoint.vault["job"]]
}

resource "azurerm_monitor_metric_alert" "job" {
  name                = "job-failed"
  resource_group_name = local.group
  scopes              = [azurerm_container_app_job.job.id]
  description         = "A run of the job failed after its retries. Runbook: docs/runbooks/deploy-and-rollback.md"
  severity            = 2
  frequency           = "PT5M"
  window_size         = "PT15M"
  tags                = local.tags

  criteria {
    metric_namespace       = "Microsoft.App/jobs"
    metric_name            = "Executions"
    aggregation            = "Total"
    operator               = "GreaterThan"
    threshold              = 0
    skip_metric_validation = true

    dimension {
      name     = "state"
      operator = "Include"
      values   = ["Failed"]
    }
  }

  action {
    action_group_id = azurerm_monitor_action_group.main["ticket"].id
  }
}
