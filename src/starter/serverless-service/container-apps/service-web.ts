/** service-web.tf: the app that answers requests. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { access, environment, ready } from './containers.ts';
import type { Settings } from './settings.ts';

export function serviceWeb({ profile, exposed }: Settings): HclExpression {
  const each = hcl`each.key`;
  return hcl`
locals {
  # All that answers requests: web and the services beside it, each with its host.
  services = ${exposed ? PUBLIC_HOSTS : PRIVATE_HOSTS}
}

resource "azurerm_container_app" "web" {
  for_each = local.services

  name                         = each.key
  container_app_environment_id = azurerm_container_app_environment.main.id
  resource_group_name          = local.group
  workload_profile_name        = ${profile.name}
  max_inactive_revisions       = 20
  tags                         = local.tags

  # A new revision starts beside the old one and without requests; scripts/rollout.sh moves them, in steps.
  revision_mode = "Multiple"

  ${access(each)}

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

      ${environment(each)}

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

  depends_on = ${ready('web')}
}
`;
}

const PUBLIC_HOSTS = hcl`merge(
  { web = merge(var.web, { host = var.domain }) },
  { for name, service in var.services : name => merge(service, { host = coalesce(service.host, "\${name}.\${var.domain}") }) },
)`;

/** Without a domain there are only the names that Azure gives. */
const PRIVATE_HOSTS = hcl`merge(
  { web = merge(var.web, { host = try(var.domain.name, null), certificate = try(var.domain.certificate, null) }) },
  { for name, service in var.services : name => merge(service, { host = service.host != null ? service.host : try("\${name}.\${var.domain.name}", null) }) },
)`;
