/** nodes.tf: a pool for the platform and one for the workloads, each over three zones. Autopilot has none. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { TENANT } from '../../tenant-isolation/spaces.ts';
import type { GkeChoices } from './choices.ts';

/** `tenants`: those that get nodes of their own. */
export function poolsOf(
  { sandboxPool }: GkeChoices,
  tenants: readonly string[],
  gpu: 'none' | 'some',
): readonly Pool[] {
  return [
    SYSTEM,
    WORKLOAD,
    ...(tenants.length === 0 ? [] : [TENANTS]),
    ...(gpu === 'none' ? [] : [GPUS]),
    ...(sandboxPool ? [SANDBOX] : []),
  ];
}

export function nodePools(pools: readonly Pool[], { nodes }: GkeChoices): HclExpression {
  return { kind: 'expression', code: pools.map(each => pool(each, nodes)).join('') };
}

/** How many nodes all of them may grow to. */
export function mostNodes(pools: readonly Pool[]): HclExpression {
  const each = pools.map(({ name, sizes }) =>
    name === 'tenant' ? 'sum(concat([0], values(var.tenant_nodes)[*].max_size))' : `${sizes.code}.max_size`,
  );
  return { kind: 'expression', code: each.join(' + ') };
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };
const TAINT = hcl`
    taint {
      key    = "CriticalAddonsOnly"
      value  = "true"
      effect = "NO_SCHEDULE"
    }
`;

export interface Pool {
  readonly name: 'system' | 'workload' | 'tenant' | 'gpu' | 'sandbox';
  /** What stands before all else: how often it is made, and by which provider. */
  readonly head: HclExpression;
  readonly prefix: HclExpression;
  readonly sizes: HclExpression;
  readonly labels: HclExpression;
  readonly taint: HclExpression;
}
const SYSTEM: Pool = {
  name: 'system',
  head: NOTHING,
  prefix: hcl`"system-"`,
  sizes: hcl`var.system_nodes`,
  labels: hcl`{ node-pool = "system" }`,
  taint: TAINT,
};
const WORKLOAD: Pool = {
  name: 'workload',
  head: NOTHING,
  prefix: hcl`"workload-"`,
  sizes: hcl`var.workload_nodes`,
  labels: hcl`{ node-pool = "workload" }`,
  taint: NOTHING,
};
const TENANTS: Pool = {
  name: 'tenant',
  head: hcl`  for_each = var.tenant_nodes

`,
  prefix: hcl`"t-\${substr(each.key, 0, 11)}-"`,
  sizes: hcl`each.value`,
  labels: hcl`{ node-pool = "tenant", ${TENANT} = each.key }`,
  taint: hcl`
    taint {
      key    = ${TENANT}
      value  = each.key
      effect = "NO_SCHEDULE"
    }
`,
};

/** GKE adds the taint nvidia.com/gpu by itself, installs the driver and brings the device plugin. */
const GPUS: Pool = {
  name: 'gpu',
  head: NOTHING,
  prefix: hcl`"gpu-"`,
  sizes: hcl`var.gpu_nodes`,
  labels: hcl`{ node-pool = "gpu" }`,
  taint: hcl`
    guest_accelerator {
      type  = var.gpu_nodes.accelerator
      count = 1

      gpu_driver_installation_config {
        gpu_driver_version = "DEFAULT"
      }
    }
`,
};

/** GKE adds the taint and the class gvisor by itself. In this version google-beta alone knows what makes it do so. */
const SANDBOX: Pool = {
  name: 'sandbox',
  head: hcl`  provider = google-beta

`,
  prefix: hcl`"sandbox-"`,
  sizes: hcl`var.sandbox_nodes`,
  labels: hcl`{ node-pool = "sandbox" }`,
  taint: hcl`
    # Pods in here end in a kernel of the sandbox, and nothing else runs on these nodes.
    sandbox_config {
      sandbox_type = "gvisor"
    }
`,
};

export const GPU_VARIABLE = hcl`
variable "gpu_nodes" {
  description = "Nodes with a GPU, for work that asks for one. The quota is one of its own, and not every zone has every kind."
  type = object({
    machine_type = string
    accelerator  = string
    min_size     = number
    max_size     = number
  })
  default = {
    machine_type = "g2-standard-4"
    accelerator  = "nvidia-l4"
    min_size     = 1
    max_size     = 3
  }
}
`;

function pool({ name, head, prefix, sizes, labels, taint }: Pool, nodes: GkeChoices['nodes']): string {
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
${head}  name_prefix    = ${prefix}
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
    labels          = ${labels}

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

/** The variable that says how many each tenant has. */
export function tenantVariable(tenants: readonly string[], machine: string): HclExpression {
  const nodes = { machine_type: machine, min_size: 3, max_size: 6 };
  return hcl`
variable "tenant_nodes" {
  description = "Nodes of each tenant, which take its pods alone. One per zone at least, or the loss of a zone takes the tenant along."
  type = map(object({
    machine_type = string
    min_size     = number
    max_size     = number
  }))
  default = ${Object.fromEntries(tenants.map(tenant => [tenant, nodes]))}

  validation {
    condition     = alltrue([for nodes in values(var.tenant_nodes) : nodes.min_size >= 3])
    error_message = "One node per zone at least: the loss of one must go unnoticed."
  }
}
`;
}
