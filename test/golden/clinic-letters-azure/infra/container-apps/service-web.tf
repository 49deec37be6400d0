# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# The app that answers requests.

resource "azurerm_container_app" "web" {
  name                         = "web"
  container_app_environment_id = azurerm_container_app_environment.main.id
  resource_group_name          = local.group
  workload_profile_name        = "Consumption"
  max_inactive_revisions       = 20
  tags                         = local.tags

  # A new revision starts beside the old one and without requests; scripts/rollout.sh moves them, in steps.
  revision_mode = "Multiple"

  identity {
    type         = "UserAssigned"
    identity_ids = [data.azurerm_user_assigned_identity.workload["web"].id]
  }

  registry {
    server   = data.azurerm_container_registry.main.login_server
    identity = data.azurerm_user_assigned_identity.workload["web"].id
  }

  dynamic "secret" {
    for_each = local.mounted_secrets["web"]

    content {
      name                = secret.key
      identity            = data.azurerm_user_assigned_identity.workload["web"].id
      key_vault_secret_id = secret.value.id
    }
  }

  ingress {
    # Reached from outside the environment, which itself has no address on the internet.
    external_enabled           = true
    allow_insecure_connections = false
    target_port                = var.web.port
    transport                  = var.web.http2 ? "http2" : "auto"

    # Counts at creation only.
    traffic_weight {
      latest_revision = true
      percentage      = 100
    }
  }

  template {
    min_replicas                     = var.web.min_replicas
    max_replicas                     = var.web.max_replicas
    termination_grace_period_seconds = 60

    http_scale_rule {
      name                = "requests"
      concurrent_requests = tostring(var.web.concurrent_requests)
    }

    container {
      name    = "web"
      image   = local.images.web
      cpu     = var.web.cpu
      memory  = var.web.memory
      command = var.web.image == null && var.web.http2 ? ["./podinfo", "--h2c"] : null

      dynamic "env" {
        for_each = local.environment["web"]

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = local.mounted_secrets["web"]

        content {
          name        = env.value.variable
          secret_name = env.key
        }
      }

      # Up to two minutes to start.
      startup_probe {
        transport               = "HTTP"
        path                    = var.web.startup_path
        port                    = var.web.port
        interval_seconds        = 12
        timeout                 = 3
        failure_count_threshold = 10
      }

      readiness_probe {
        transport               = "HTTP"
        path                    = var.web.readiness_path
        port                    = var.web.port
        interval_seconds        = 5
        timeout                 = 3
        failure_count_threshold = 3
        success_count_threshold = 1
      }

      liveness_probe {
        transport               = "HTTP"
        path                    = var.web.liveness_path
        port                    = var.web.port
        interval_seconds        = 10
        timeout                 = 3
        failure_count_threshold = 3
      }
    }
  }

  lifecycle {
    ignore_changes = [ingress[0].traffic_weight]
  }

  depends_on = [azurerm_private_endpoint.registry, azurerm_private_endpoint.vault["web"]]
}
