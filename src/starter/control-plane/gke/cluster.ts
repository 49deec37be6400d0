/** cluster.tf: the control plane. What Autopilot decides by itself is not said. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { GkeChoices } from './choices.ts';
import { autopilot, standard } from './cluster-kinds.ts';
import type { ApiCallers } from './joined.ts';
import type { GkeMode } from './mode.ts';
import { mostNodes, type Pool } from './node-pools.ts';

export function cluster(
  mode: GkeMode,
  choices: GkeChoices,
  { listed, inAnyRegion }: ApiCallers,
  pools: readonly Pool[],
): HclExpression {
  const own = mode === 'standard' ? standard(choices) : autopilot(choices);
  const channel = choices.upgrades === 'extended' ? 'EXTENDED' : 'REGULAR';
  const logs = [
    'SYSTEM_COMPONENTS',
    ...(choices.managedLogs ? ['WORKLOADS'] : []),
    'APISERVER',
    'CONTROLLER_MANAGER',
    'SCHEDULER',
  ];
  return hcl`
resource "google_container_cluster" "main" {
  name                = var.cluster_name
  description         = "Environment \${var.environment}."
  location            = var.region
  min_master_version  = var.kubernetes_version
  deletion_protection = true
${own}

  network                                  = local.network
  subnetwork                               = local.subnetwork
  enable_cilium_clusterwide_network_policy = true
  enable_fqdn_network_policy               = ${choices.policiesByName}

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
      enabled = ${inAnyRegion}
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
      for_each = ${listed}

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
${choices.groups ? GROUPS : NOTHING}
  database_encryption {
    state    = "ENCRYPTED"
    key_name = google_kms_crypto_key.secrets.id
  }

  release_channel {
    channel = ${channel}
  }

  maintenance_policy {
    recurring_window {
      start_time = var.maintenance.start_time
      end_time   = var.maintenance.end_time
      recurrence = "FREQ=WEEKLY;BYDAY=\${join(",", var.maintenance.days)}"
    }
${choices.upgrades === 'held' ? HELD : NOTHING}
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
    channel = ${choices.gateway ? 'CHANNEL_STANDARD' : 'CHANNEL_DISABLED'}
  }

  logging_config {
    enable_components = ${logs}
  }

  monitoring_config {
    enable_components = ["SYSTEM_COMPONENTS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"]

    managed_prometheus {
      enabled = ${choices.managedMetrics || mode === 'autopilot'}
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
    evaluation_mode = ${choices.onlySignedImages ? 'PROJECT_SINGLETON_POLICY_ENFORCE' : 'DISABLED'}
  }

  secret_manager_config {
    enabled = ${choices.secretsAddOn}
  }

  resource_labels = {
    cluster     = var.cluster_name
    environment = var.environment
  }

  lifecycle {
    # The channel raises it; the plan would only ask to go back.
    ignore_changes = [min_master_version${mode === 'standard' ? NODE_CONFIG : NOTHING}]

    precondition {
      condition     = length(local.zones) == 3
      error_message = "The region has fewer than three zones."
    }
${mode === 'standard' ? roomFor(pools) : ROOM_WITHOUT_POOLS}
  }

  depends_on = [google_kms_crypto_key_iam_member.gke, google_project_iam_member.nodes]
}
`;
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };
const NODE_CONFIG: HclExpression = { kind: 'expression', code: ', node_config' };

const GROUPS = hcl`
  # Groups of the directory come along with whoever signs in, if they are members of this one.
  authenticator_groups_config {
    security_group = "gke-security-groups@\${var.groups_domain}"
  }
`;

/** A minor that is held gets its patches all the same. */
const HELD = hcl`
    # Minors are raised by hand (docs/runbooks/upgrade-cluster.md); patches are not. At its end of support it is raised anyway.
    dynamic "maintenance_exclusion" {
      for_each = var.minor_held == null ? [] : [var.minor_held]

      content {
        exclusion_name = "minor-held"
        start_time     = maintenance_exclusion.value.start_time
        end_time       = maintenance_exclusion.value.end_time

        exclusion_options {
          scope = "NO_MINOR_UPGRADES"
        }
      }
    }
`;

const roomFor = (pools: readonly Pool[]) => hcl`
    # Every node takes 128 addresses of pods, whether it has pods for them or not.
    precondition {
      condition     = pow(2, 32 - tonumber(split("/", var.pod_cidr)[1])) / 128 >= ${mostNodes(pools)}
      error_message = "The range of the pods is too small for so many nodes."
    }`;

const ROOM_WITHOUT_POOLS = hcl`
    # Autopilot gives a node 64 addresses of pods.
    precondition {
      condition     = tonumber(split("/", var.pod_cidr)[1]) <= 20
      error_message = "The range of the pods has to hold 64 nodes at least."
    }`;
