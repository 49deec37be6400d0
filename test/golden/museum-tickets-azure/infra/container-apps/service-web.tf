# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# The apps that answer requests.

locals {
  # All that answers requests: web and the services beside it, each with its host.
  services = merge(
    { web = merge(var.web, { host = var.domain }) },
    { for name, service in var.services : name => merge(service, { host = coalesce(service.host, "${name}.${var.domain}") }) },
  )
}

resource "azurerm_container_app" "web" {
  for_each = local.services

  name                         = each.key
  container_app_environment_id = azurerm_container_app_environment.main.id
  resource_group_name          = local.group
  workload_profile_name        = "Consumption"
  max_inactive_revisions       = 20
  tags                         = local.tags

  # A new revision starts beside the old one and without requests; scripts/rollout.sh moves them, in steps.
  revision_mode = "Multiple"

  identity {
    type         = "UserAssigned"
    identity_ids = [data.azurerm_user_assigned_identity.workload[each.key].id]
  }

  registry {
    server   = data.azurerm_container_registry.main.login_server
    identity = data.azurerm_user_assigned_identity.workload[each.key].id
  }

  dynamic "secret" {
    for_each = local.mounted_secrets[each.key]

    content {
      name                = secret.key
      identity            = data.azurerm_user_assigned_identity.workload[each.key].id
      key_vault_secret_id = secret.value.id
    }
  }

  ingress {
    # Reached from outside the environment, which itself has no address on the internet.
    external_enabled           = true
    allow_insecure_connections = false
    target_port                = each.value.port
    transport                  = each.value.http2 ? "http2" : "auto"

    # Counts at creation only.
    traffic_weight {
      latest_revision = true
      percentage      = 100
    }
  }

  template {
    min_replicas                     = each.value.min_replicas
    max_replicas                     = each.value.max_replicas
    termination_grace_period_seconds = 60

    http_scale_rule {
      name                = "requests"
      concurrent_requests = tostring(each.value.concurrent_requests)
    }

    container {
      name    = each.key
      image   = local.images[each.key]
      cpu     = each.value.cpu
      memory  = each.value.memory
      command = each.value.image == null && each.value.http2 ? ["./podinfo", "--h2c"] : null

      dynamic "env" {
        for_each = local.environment[each.key]

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = local.mounted_secrets[each.key]

        content {
          name        = env.value.variable
          secret_name = env.key
        }
      }

      # Up to two minutes to start.
      startup_probe {
        transport               = "HTTP"
        path                    = each.value.startup_path
        port                    = each.value.port
        interval_seconds        = 12
        timeout                 = 3
        failure_count_threshold = 10
      }

      readiness_probe {
        transport               = "HTTP"
        path                    = each.value.readiness_path
        port                    = each.value.port
        interval_seconds        = 5
        timeout                 = 3
        failure_count_threshold = 3
        success_count_threshold = 1
      }

      liveness_probe {
        transport               = "HTTP"
        path                    = each.value.liveness_path
        port                    = each.value.port
        interval_seconds        = 10
        timeout                 = 3
        failure_count_threshold = 3
      }
    }
  }

  lifecycle {
    ignore_changes = [ingress[0].traffic_weight]
  }

  depends_on = [azurerm_private_endpoint.registry, azurerm_private_endpoint.vault]
}
