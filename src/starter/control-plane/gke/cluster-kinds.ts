/** What only one kind of cluster says: Autopilot, which makes its nodes itself, and Standard, which is told of all of them. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { GkeChoices } from './choices.ts';

export function autopilot({ backupForGke }: GkeChoices): HclExpression {
  return hcl`
  enable_autopilot = true

  addons_config {
    gke_backup_agent_config {
      enabled = ${backupForGke}
    }
  }

  # Nodes that Autopilot makes have an account of their own as well.
  cluster_autoscaling {
    auto_provisioning_defaults {
      service_account = google_service_account.nodes.email
      oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]
    }
  }`;
}

export function standard({ nodes, backupForGke }: GkeChoices): HclExpression {
  return hcl`
  # The pool that GKE insists on at the beginning; nodes.tf makes those that stay.
  initial_node_count       = 1
  remove_default_node_pool = true
  node_locations           = local.zones

  node_config {
    service_account = google_service_account.nodes.email

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }
  }

  # Policies are enforced from the first pod on; there is no kube-proxy.
  datapath_provider           = "ADVANCED_DATAPATH"
  networking_mode             = "VPC_NATIVE"
  default_max_pods_per_node   = 64
  enable_intranode_visibility = true
  enable_l4_ilb_subsetting    = true
  enable_shielded_nodes       = true
  enable_legacy_abac          = false

  # Names are resolved on the node, by Cloud DNS.
  dns_config {
    cluster_dns        = "CLOUD_DNS"
    cluster_dns_scope  = "CLUSTER_SCOPE"
    cluster_dns_domain = "cluster.local"
  }

  service_external_ips_config {
    enabled = false
  }

  workload_identity_config {
    workload_pool = "\${var.project_id}.svc.id.goog"
  }

  addons_config {
    gce_persistent_disk_csi_driver_config {
      enabled = true
    }

    gke_backup_agent_config {
      enabled = ${backupForGke}
    }

    horizontal_pod_autoscaling {
      disabled = false
    }

    http_load_balancing {
      disabled = false
    }
  }
${nodes === 'provisioned' ? PROVISIONED : PACKED}`;
}

const PACKED = hcl`
  cluster_autoscaling {
    enabled             = false
    autoscaling_profile = "BALANCED"
  }`;

/** Pools that GKE makes for pods that fit on no other one. */
const PROVISIONED = hcl`
  # Pods that fit into no pool get one that GKE makes, up to these limits.
  cluster_autoscaling {
    enabled                     = true
    autoscaling_profile         = "BALANCED"
    auto_provisioning_locations = local.zones

    resource_limits {
      resource_type = "cpu"
      minimum       = 0
      maximum       = var.provisioned_limits.cpu
    }

    resource_limits {
      resource_type = "memory"
      minimum       = 0
      maximum       = var.provisioned_limits.memory_gib
    }

    auto_provisioning_defaults {
      image_type      = "COS_CONTAINERD"
      service_account = google_service_account.nodes.email
      oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]

      management {
        auto_repair  = true
        auto_upgrade = true
      }

      shielded_instance_config {
        enable_secure_boot          = true
        enable_integrity_monitoring = true
      }

      upgrade_settings {
        strategy        = "SURGE"
        max_surge       = 1
        max_unavailable = 0
      }
    }
  }`;
