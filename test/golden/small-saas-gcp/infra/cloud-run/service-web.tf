# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# The services that answer requests.

locals {
  # Each of them in each region.
  placed_services = merge([for name, service in local.services : {
    for region in var.regions : "${name}/${region}" => merge(service, { service = name, region = region })
  }]...)
}

resource "google_cloud_run_v2_service" "web" {
  for_each = local.placed_services

  name                = "${var.name}-${each.value.service}"
  location            = each.value.region
  description         = "Answers requests for ${each.value.host}."
  deletion_protection = var.deletion_protection && !each.value.retired

  # Only the load balancer reaches it, and with it the web application firewall. The load balancer carries no identity,
  # so the service asks for none.
  ingress              = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  invoker_iam_disabled = true

  scaling {
    min_instance_count = each.value.min_instances
  }

  template {
    service_account                  = local.identities[each.value.service]
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"
    timeout                          = "${each.value.timeout_seconds}s"
    max_instance_request_concurrency = each.value.concurrency

    scaling {
      max_instance_count = each.value.max_instances
    }

    vpc_access {
      egress = "ALL_TRAFFIC"

      network_interfaces {
        network    = google_compute_network.main.id
        subnetwork = google_compute_subnetwork.main[each.value.region].id
        tags       = [each.value.service]
      }
    }

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

      dynamic "env" {
        for_each = each.value.environment

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = local.mounted_secrets[each.value.service]

        content {
          name = env.key

          value_source {
            secret_key_ref {
              secret  = env.value.secret
              version = env.value.version
            }
          }
        }
      }

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

  depends_on = [
    google_compute_network_firewall_policy_association.egress,
    google_compute_network_firewall_policy_rule.google_apis,
    google_dns_record_set.google_apis_names,
    google_secret_manager_secret_iam_member.reader,
  ]
}
