# Follows ADR-0002 (docs/adr/0002-control-plane-managed-automatic-mode.md).
# The control plane: Google runs it over three zones, these are its settings.

resource "google_container_cluster" "main" {
  name                = var.cluster_name
  description         = "Environment ${var.environment}."
  location            = var.region
  min_master_version  = var.kubernetes_version
  deletion_protection = true

  enable_autopilot = true

  addons_config {
    gke_backup_agent_config {
      enabled = true
    }
  }

  # Nodes that Autopilot makes have an account of their own as well.
  cluster_autoscaling {
    auto_provisioning_defaults {
      service_account = google_service_account.nodes.email
      oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]
    }
  }

  network                                  = local.network
  subnetwork                               = local.subnetwork
  enable_cilium_clusterwide_network_policy = true
  enable_fqdn_network_policy               = true

  ip_allocation_policy {
    stack_type                    = "IPV4"
    cluster_secondary_range_name  = local.pods_range
    services_secondary_range_name = local.services_range
  }

  # Nodes have no public address. Without an allow-list the control plane has none either.
  private_cluster_config {
    enable_private_nodes        = true
    enable_private_endpoint     = length(var.api_allowed_cidrs) == 0
    private_endpoint_subnetwork = local.control_plane_subnet

    master_global_access_config {
      enabled = false
    }
  }

  # The name of the cluster at Google asks who one is before anything reaches the control plane.
  control_plane_endpoints_config {
    dns_endpoint_config {
      allow_external_traffic = var.api_by_name
    }
  }

  master_authorized_networks_config {
    gcp_public_cidrs_access_enabled      = false
    private_endpoint_enforcement_enabled = true

    dynamic "cidr_blocks" {
      for_each = var.api_allowed_cidrs

      content {
        cidr_block = cidr_blocks.value
      }
    }
  }

  master_auth {
    client_certificate_config {
      issue_client_certificate = false
    }
  }

  # Nobody who has not signed in may do more than ask whether the control plane is well.
  anonymous_authentication_config {
    mode = "LIMITED"
  }

  rbac_binding_config {
    enable_insecure_binding_system_authenticated   = false
    enable_insecure_binding_system_unauthenticated = false
  }

  # Groups of the directory come along with whoever signs in, if they are members of this one.
  authenticator_groups_config {
    security_group = "gke-security-groups@${var.groups_domain}"
  }

  database_encryption {
    state    = "ENCRYPTED"
    key_name = google_kms_crypto_key.secrets.id
  }

  release_channel {
    channel = "REGULAR"
  }

  maintenance_policy {
    recurring_window {
      start_time = var.maintenance.start_time
      end_time   = var.maintenance.end_time
      recurrence = "FREQ=WEEKLY;BYDAY=${join(",", var.maintenance.days)}"
    }

    # At most 90 days each; security patches wait as well.
    dynamic "maintenance_exclusion" {
      for_each = var.freezes

      content {
        exclusion_name = maintenance_exclusion.key
        start_time     = maintenance_exclusion.value.start_time
        end_time       = maintenance_exclusion.value.end_time

        exclusion_options {
          scope = "NO_UPGRADES"
        }
      }
    }
  }

  # One owner of the kinds of the Gateway API: Google where its controller is the way in, this repository elsewhere.
  gateway_api_config {
    channel = "CHANNEL_STANDARD"
  }

  logging_config {
    enable_components = [
      "SYSTEM_COMPONENTS",
      "WORKLOADS",
      "APISERVER",
      "CONTROLLER_MANAGER",
      "SCHEDULER",
    ]
  }

  monitoring_config {
    enable_components = ["SYSTEM_COMPONENTS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"]

    managed_prometheus {
      enabled = true
    }
  }

  cost_management_config {
    enabled = true
  }

  security_posture_config {
    mode               = "BASIC"
    vulnerability_mode = "VULNERABILITY_DISABLED"
  }

  binary_authorization {
    evaluation_mode = "PROJECT_SINGLETON_POLICY_ENFORCE"
  }

  secret_manager_config {
    enabled = true
  }

  resource_labels = {
    cluster     = var.cluster_name
    environment = var.environment
  }

  lifecycle {
    # The channel raises it; the plan would only ask to go back.
    ignore_changes = [min_master_version]

    precondition {
      condition     = length(local.zones) == 3
      error_message = "The region has fewer than three zones."
    }

    # Autopilot gives a node 64 addresses of pods.
    precondition {
      condition     = tonumber(split("/", var.pod_cidr)[1]) <= 20
      error_message = "The range of the pods has to hold 64 nodes at least."
    }
  }

  depends_on = [google_kms_crypto_key_iam_member.gke, google_project_iam_member.nodes]
}
