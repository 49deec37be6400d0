/** service-web.tf: the services that answer requests, each in each region. */
import { hcl } from '../../../files/hcl.ts';
import { environment, networkAccess, readyNetwork } from './containers.ts';
import type { Settings } from './settings.ts';

const EACH = hcl`each.value`;
const EACH_SERVICE = hcl`each.value.service`;
const EACH_REGION = hcl`each.value.region`;

const OUTSIDE = {
  ingress: 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER',
  comment: hcl`Only the load balancer reaches it, and with it the web application firewall. The load balancer carries no identity,`,
} as const;
/** A balancer of the internet, should somebody make one, reaches nothing then (EGR-11). */
export const INSIDE = {
  ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY',
  comment: hcl`Only networks of this project reach it, and the internal load balancer. The load balancer carries no identity,`,
} as const;

export const serviceWeb = (settings: Settings) => hcl`
locals {
  # Each of them in each region.
  placed_services = merge([for name, service in local.services : {
    for region in var.regions : "\${name}/\${region}" => merge(service, { service = name, region = region })
  }]...)
}

resource "google_cloud_run_v2_service" "web" {
  for_each = local.placed_services

  name                = "\${var.name}-\${each.value.service}"
  location            = each.value.region
  description         = "Answers requests for \${each.value.host}."
  deletion_protection = var.deletion_protection && !each.value.retired

  # ${settings.closed ? INSIDE.comment : OUTSIDE.comment}
  # so the service asks for none.
  ingress              = ${settings.closed ? INSIDE.ingress : OUTSIDE.ingress}
  invoker_iam_disabled = true

  scaling {
    min_instance_count = each.value.min_instances
  }

  template {
    service_account                  = local.identities[each.value.service]
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"
    timeout                          = "\${each.value.timeout_seconds}s"
    max_instance_request_concurrency = each.value.concurrency

    scaling {
      max_instance_count = each.value.max_instances
    }

    ${networkAccess(EACH_SERVICE, EACH_REGION)}

    containers {
      name    = each.value.service
      image   = local.images[each.value.service]
      command = each.value.image == null && each.value.http2 ? ["./podinfo", "--h2c"] : null

      ports {
        name           = each.value.http2 ? "h2c" : "http1"
        container_port = each.value.port
      }

      resources {
        startup_cpu_boost = true
        cpu_idle          = true
        limits = {
          cpu    = each.value.cpu
          memory = each.value.memory
        }
      }

      ${environment(EACH_SERVICE, EACH)}

      # Up to two minutes: the network of a new instance can take more than one.
      startup_probe {
        period_seconds    = 5
        timeout_seconds   = 3
        failure_threshold = 24

        http_get {
          path = each.value.startup_path
          port = each.value.port
        }
      }

      liveness_probe {
        period_seconds    = 10
        timeout_seconds   = 3
        failure_threshold = 3

        http_get {
          path = each.value.liveness_path
          port = each.value.port
        }
      }
    }
  }

  # Counts at creation only. From then on scripts/rollout.sh moves traffic, in steps, and a new revision starts with none.
  traffic {
    type    = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
    percent = 100
  }

  lifecycle {
    ignore_changes = [traffic, client, client_version]
  }

  depends_on = ${readyNetwork(settings)}
}
`;
