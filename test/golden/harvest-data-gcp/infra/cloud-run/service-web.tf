# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# The service that answers requests.

resource "google_cloud_run_v2_service" "web" {
  for_each = toset(var.regions)

  name                = "${var.name}-web"
  location            = each.key
  description         = "Answers requests for ${var.domain}."
  deletion_protection = var.deletion_protection

  # Only images that the pipeline attested start (infra/bootstrap/attestation.tf).
  binary_authorization {
    use_default = true
  }

  # Only the load balancer reaches it, and with it the web application firewall. The load balancer carries no identity,
  # so the service asks for none.
  ingress              = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  invoker_iam_disabled = true

  scaling {
    min_instance_count = var.web.min_instances
  }

  template {
    service_account                  = local.identities["web"]
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"
    timeout                          = "${var.web.timeout_seconds}s"
    max_instance_request_concurrency = var.web.concurrency

    scaling {
      max_instance_count = var.web.max_instances
    }

    vpc_access {
      egress = "ALL_TRAFFIC"

      network_interfaces {
        network    = google_compute_network.main.id
        subnetwork = google_compute_subnetwork.main[each.key].id
        tags       = ["web"]
      }
    }

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

      dynamic "env" {
        for_each = var.web.environment

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = local.mounted_secrets["web"]

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

  depends_on = [
    google_compute_network_firewall_policy_association.egress,
    google_compute_network_firewall_policy_rule.google_apis,
    google_dns_record_set.google_apis_names,
    google_secret_manager_secret_iam_member.reader,
  ]
}
