/** nodes.tf: a pool for the platform and one for the workloads, each over three zones. Autopilot has none. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { GkeChoices } from './choices.ts';

export function nodePools({ nodes }: GkeChoices): HclExpression {
  return { kind: 'expression', code: `${pool('system', TAINT, nodes)}${pool('workload', NOTHING, nodes)}` };
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };
const TAINT = hcl`
    taint {
      key    = "CriticalAddonsOnly"
      value  = "true"
      effect = "NO_SCHEDULE"
    }
`;

function pool(name: 'system' | 'workload', taint: HclExpression, nodes: GkeChoices['nodes']): string {
  const sizes: HclExpression = { kind: 'expression', code: `var.${name}_nodes` };
  const size =
    nodes === 'fixed'
      ? hcl`
  # As many in each zone; three zones have three times as many.
  node_count = ceil(${sizes}.min_size / 3)
`
      : hcl`
  # Counted over all zones.
  autoscaling {
    total_min_node_count = ${sizes}.min_size
    total_max_node_count = ${sizes}.max_size
    location_policy      = "BALANCED"
  }
`;
  return hcl`
resource "google_container_node_pool" ${name} {
  name_prefix    = ${`${name}-`}
  cluster        = google_container_cluster.main.id
  node_locations = local.zones
${size}
  node_config {
    machine_type    = ${sizes}.machine_type
    image_type      = "COS_CONTAINERD"
    disk_type       = var.disk_type
    disk_size_gb    = 100
    service_account = google_service_account.nodes.email
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]
    labels          = { node-pool = ${name} }

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
${taint}  }

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
`.code;
}
