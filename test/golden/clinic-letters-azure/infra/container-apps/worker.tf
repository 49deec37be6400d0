# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# The worker.

resource "azurerm_container_app" "worker" {
  name                         = "worker"
  container_app_environment_id = azurerm_container_app_environment.main.id
  resource_group_name          = local.group
  workload_profile_name        = "Consumption"
  max_inactive_revisions       = 20
  tags                         = local.tags

  # One revision at a time, since two would pull from the same queue. The old one stops once the new one is ready, and
  # goes on working if it never is.
  revision_mode = "Single"

  identity {
    type         = "UserAssigned"
    identity_ids = [data.azurerm_user_assigned_identity.workload["worker"].id]
  }

  registry {
    server   = data.azurerm_container_registry.main.login_server
    identity = data.azurerm_user_assigned_identity.workload["worker"].id
  }

  dynamic "secret" {
    for_each = local.mounted_secrets["worker"]

    content {
      name                = secret.key
      identity            = data.azurerm_user_assigned_identity.workload["worker"].id
      key_vault_secret_id = secret.value.id
    }
  }

  template {
    min_replicas                     = var.worker.min_replicas
    max_replicas                     = var.worker.max_replicas
    termination_grace_period_seconds = 120

    custom_scale_rule {
      name             = "work"
      custom_rule_type = var.worker.scale_rule.type
      metadata         = var.worker.scale_rule.metadata

      dynamic "authentication" {
        for_each = var.worker.scale_rule.secrets

        content {
          trigger_parameter = authentication.key
          secret_name       = authentication.value
        }
      }
    }

    container {
      name   = "worker"
      image  = local.images.worker
      cpu    = var.worker.cpu
      memory = var.worker.memory

      dynamic "env" {
        for_each = local.environment["worker"]

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = local.mounted_secrets["worker"]

        content {
          name        = env.value.variable
          secret_name = env.key
        }
      }

      # Only with a port to ask: a worker without one is ended when its process ends.
      dynamic "liveness_probe" {
        for_each = var.worker.liveness_port == null ? [] : [var.worker.liveness_port]

        content {
          transport               = "HTTP"
          path                    = var.worker.liveness_path
          port                    = liveness_probe.value
          interval_seconds        = 10
          timeout                 = 3
          failure_count_threshold = 3
        }
      }
    }
  }

  depends_on = [azurerm_private_endpoint.registry, azurerm_private_endpoint.vault["worker"]]
}

# Nobody calls a worker, so nobody notices when it stops: fewer replicas than asked for is an alert.
resource "azurerm_monitor_metric_alert" "worker" {
  name                = "worker-replicas"
  resource_group_name = local.group
  scopes              = [azurerm_container_app.worker.id]
  description         = "The worker has fewer replicas than asked for. Runbook: docs/runbooks/deploy-and-rollback.md"
  severity            = 2
  frequency           = "PT5M"
  window_size         = "PT15M"
  tags                = local.tags

  criteria {
    metric_namespace = "Microsoft.App/containerApps"
    metric_name      = "Replicas"
    aggregation      = "Maximum"
    operator         = "LessThan"
    threshold        = var.worker.min_replicas
  }

  action {
    action_group_id = azurerm_monitor_action_group.main["ticket"].id
  }
}
