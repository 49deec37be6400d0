# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# Two pools of at least three nodes, so that losing a node goes unnoticed.

resource "google_container_node_pool" "system" {
  name_prefix    = "system-"
  cluster        = google_container_cluster.main.id
  node_locations = local.zones

  # Counted over all zones.
  autoscaling {
    total_min_node_count = var.system_nodes.min_size
    total_max_node_count = var.system_nodes.max_size
    location_policy      = "BALANCED"
  }

  node_config {
    machine_type    = var.system_nodes.machine_type
    image_type      = "COS_CONTAINERD"
    disk_type       = var.disk_type
    disk_size_gb    = 100
    service_account = google_service_account.nodes.email
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]
    labels          = { node-pool = "system" }

    metadata = {
      disable-legacy-endpoints = "true"
    }

    # Pods see themselves at the metadata address and not their node.
    workload_metadata_config {
      mode = "GKE_METADATA"
    }

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }

    # Only what GKE lists as safe can be set; a change replaces the nodes one by one.
    dynamic "linux_node_config" {
      for_each = length(var.sysctls) > 0 ? [1] : []

      content {
        sysctls = var.sysctls
      }
    }

    kubelet_config {
      insecure_kubelet_readonly_port_enabled = "FALSE"
    }

    taint {
      key    = "CriticalAddonsOnly"
      value  = "true"
      effect = "NO_SCHEDULE"
    }
  }

  network_config {
    enable_private_nodes = true
  }

  management {
    auto_repair  = true
    auto_upgrade = true
  }

  upgrade_settings {
    strategy        = "SURGE"
    max_surge       = 1
    max_unavailable = 0
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [version]
  }
}

resource "google_container_node_pool" "workload" {
  name_prefix    = "workload-"
  cluster        = google_container_cluster.main.id
  node_locations = local.zones

  # Counted over all zones.
  autoscaling {
    total_min_node_count = var.workload_nodes.min_size
    total_max_node_count = var.workload_nodes.max_size
    location_policy      = "BALANCED"
  }

  node_config {
    machine_type    = var.workload_nodes.machine_type
    image_type      = "COS_CONTAINERD"
    disk_type       = var.disk_type
    disk_size_gb    = 100
    service_account = google_service_account.nodes.email
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]
    labels          = { node-pool = "workload" }

    metadata = {
      disable-legacy-endpoints = "true"
    }

    # Pods see themselves at the metadata address and not their node.
    workload_metadata_config {
      mode = "GKE_METADATA"
    }

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }

    # Only what GKE lists as safe can be set; a change replaces the nodes one by one.
    dynamic "linux_node_config" {
      for_each = length(var.sysctls) > 0 ? [1] : []

      content {
        sysctls = var.sysctls
      }
    }

    kubelet_config {
      insecure_kubelet_readonly_port_enabled = "FALSE"
    }
  }

  network_config {
    enable_private_nodes = true
  }

  management {
    auto_repair  = true
    auto_upgrade = true
  }

  upgrade_settings {
    strategy        = "SURGE"
    max_surge       = 1
    max_unavailable = 0
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [version]
  }
}
