/** service-web.tf: the service that answers requests. */
import { hcl } from '../../../files/hcl.ts';
import { environment, networkAccess, readyNetwork } from './containers.ts';
import type { Settings } from './settings.ts';

const EACH_REGION = hcl`each.key`;

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
resource "google_cloud_run_v2_service" "web" {
  for_each = toset(var.regions)

  name                = "\${var.name}-web"
  location            = each.key
  description         = "Answers requests for \${var.domain}."
  deletion_protection = var.deletion_protection

  # ${settings.closed ? INSIDE.comment : OUTSIDE.comment}
  # so the service asks for none.
  ingress              = ${settings.closed ? INSIDE.ingress : OUTSIDE.ingress}
  invoker_iam_disabled = true

  scaling {
    min_instance_count = var.web.min_instances
  }

  template {
    service_account                  = local.identities["web"]
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"
    timeout                          = "\${var.web.timeout_seconds}s"
    max_instance_request_concurrency = var.web.concurrency

    scaling {
      max_instance_count = var.web.max_instances
    }

    ${networkAccess('web', EACH_REGION)}

    containers {
      name    = "web"
      image   = local.images.web
      command = var.web.image == null && var.web.http2 ? ["./podinfo", "--h2c"] : null

      ports {
        name           = var.web.http2 ? "h2c" : "http1"
        container_port = var.web.port
      }

      resources {
        startup_cpu_boost = true
        cpu_idle          = true
        limits = {
          cpu    = var.web.cpu
          memory = var.web.memory
        }
      }

      ${environment('web')}

      # Up to two minutes: the network of a new instance can take more than one.
      startup_probe {
        period_seconds    = 5
        timeout_seconds   = 3
        failure_threshold = 24

        http_get {
          path = var.web.startup_path
          port = var.web.port
        }
      }

      liveness_probe {
        period_seconds    = 10
        timeout_seconds   = 3
        failure_threshold = 3

        http_get {
          path = var.web.liveness_path
          port = var.web.port
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
