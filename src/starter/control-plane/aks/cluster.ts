/** cluster.tf of AKS Standard: the control plane, its pools and its windows. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { pickOf } from '../../picks.ts';
import { mountsFromCloud } from '../../secrets/source.ts';
import { together } from '../../serverless-service/code.ts';
import { networkReady } from './network.ts';
import { bringsNoPlugin, networkProfile } from './network-profile.ts';
import { systemPool, workloadPools } from './nodes.ts';
import { followsChannel, isAutoscaled } from './pool-settings.ts';
import { HTTP_PROXY, isProxied } from './proxy.ts';
import { LOGS_ADD_ON, readsPodLogs } from './telemetry/logs.ts';

/** Days of the week on which AKS may change something by itself. */
export const WINDOWS = {
  upgrades: { day: 'Tuesday', start: '09:00' },
  images: { day: 'Wednesday', start: '09:00' },
} as const;

export function cluster(input: ClusterInput): HclExpression {
  const { tier, plan, channel } = upgrades(input);
  const scaler = isAutoscaled(input) ? SCALER : hcl``;
  const ignored = ignoredChanges(input);
  return together(
    hcl`
locals {
  zones = ["1", "2", "3"]

  # What other files need to know of the cluster.
  cluster = {
    id                = azurerm_kubernetes_cluster.main.id
    name              = azurerm_kubernetes_cluster.main.name
    node_group        = azurerm_kubernetes_cluster.main.node_resource_group
    node_group_id     = azurerm_kubernetes_cluster.main.node_resource_group_id
    oidc_issuer_url   = azurerm_kubernetes_cluster.main.oidc_issuer_url
    kubelet_object_id = azurerm_user_assigned_identity.kubelet.principal_id
  }
}

# Nodes pull images as this identity, and do nothing else with it.
resource "azurerm_user_assigned_identity" "kubelet" {
  name                = "\${var.cluster_name}-kubelet"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_role_assignment" "cluster_gives_kubelet" {
  scope                = azurerm_user_assigned_identity.kubelet.id
  role_definition_name = "Managed Identity Operator"
  principal_id         = azurerm_user_assigned_identity.cluster.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_kubernetes_cluster" "main" {
  # checkov:skip=CKV_AZURE_116: Policies at admission are a decision of their own; Azure Policy beside it would judge twice.
  # checkov:skip=CKV_AZURE_117: Disks are encrypted at the host; a key of your own is the variable disk_encryption_set_id.
  # checkov:skip=CKV_AZURE_170: Standard or Premium, both with a service level; the check knows the first alone.
  # checkov:skip=CKV_AZURE_172: Secrets come from the vault through what the records decided, and this add-on may not be it.
  # checkov:skip=CKV_AZURE_226: A managed disk outlives its machine, and the host encrypts it.
  # checkov:skip=CKV_AZURE_227: host_encryption_enabled is set, in the block of the pool.${readsPodLogs(input) ? hcl`` : OTHER_LOGS}
  name                = var.cluster_name
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  node_resource_group = "\${var.cluster_name}-nodes"
  dns_prefix          = var.cluster_name
  kubernetes_version  = var.kubernetes_version
  sku_tier            = ${tier}
  support_plan        = ${plan}
  tags                = local.tags

  # Patches of the minor come by themselves, within the windows below; images of the nodes too.
  automatic_upgrade_channel = ${channel}
  node_os_upgrade_channel   = "NodeImage"

  # Nobody has a password or a certificate: people sign in with Entra, pods with tokens of their own.
  local_account_disabled            = true
  role_based_access_control_enabled = true
  oidc_issuer_enabled               = true
  workload_identity_enabled         = true
  run_command_enabled               = false

  private_cluster_enabled             = length(var.api_allowed_cidrs) == 0
  private_cluster_public_fqdn_enabled = false
  private_dns_zone_id                 = length(var.api_allowed_cidrs) == 0 ? "System" : null
  disk_encryption_set_id              = var.disk_encryption_set_id
  cost_analysis_enabled               = true
  image_cleaner_enabled               = true
  image_cleaner_interval_hours        = 168

  api_server_access_profile {
    authorized_ip_ranges                = length(var.api_allowed_cidrs) == 0 ? null : var.api_allowed_cidrs
    subnet_id                           = local.subnets.api_server
    virtual_network_integration_enabled = true
  }

  # What groups may do stands in platform-config/base/access; these alone may do everything.
  azure_active_directory_role_based_access_control {
    azure_rbac_enabled     = false
    tenant_id              = data.azurerm_client_config.current.tenant_id
    admin_group_object_ids = var.admin_group_ids
  }

  ${systemPool(input)}

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.cluster.id]
  }

  kubelet_identity {
    client_id                 = azurerm_user_assigned_identity.kubelet.client_id
    object_id                 = azurerm_user_assigned_identity.kubelet.principal_id
    user_assigned_identity_id = azurerm_user_assigned_identity.kubelet.id
  }

  ${networkProfile(input)}${isProxied(input) ? HTTP_PROXY : hcl``}${scaler}${mountsFromCloud(input) ? MOUNTS : hcl``}${readsPodLogs(input) ? LOGS_ADD_ON : hcl``}

  maintenance_window_auto_upgrade {
    frequency   = "Weekly"
    interval    = 1
    day_of_week = ${WINDOWS.upgrades.day}
    start_time  = ${WINDOWS.upgrades.start}
    utc_offset  = "+00:00"
    duration    = 6

    dynamic "not_allowed" {
      for_each = var.freezes

      content {
        start = not_allowed.value.start
        end   = not_allowed.value.end
      }
    }
  }

  maintenance_window_node_os {
    frequency   = "Weekly"
    interval    = 1
    day_of_week = ${WINDOWS.images.day}
    start_time  = ${WINDOWS.images.start}
    utc_offset  = "+00:00"
    duration    = 6
  }

  storage_profile {
    blob_driver_enabled         = false
    disk_driver_enabled         = true
    file_driver_enabled         = false
    snapshot_controller_enabled = true
  }

  lifecycle {
    prevent_destroy = true${ignored}
  }

  depends_on = ${[...networkReady(input), hcl`azurerm_role_assignment.cluster_gives_kubelet`]}
}
`,
    workloadPools(input),
    LOCK,
  );
}

/** What the channel raises, and what Azure forgets, a plan must not take back. */
function ignoredChanges(input: ClusterInput): HclExpression {
  const ignored = [
    ...(followsChannel(input) ? [RAISED] : []),
    ...(bringsNoPlugin(input) ? [POD_RANGE] : []),
    ...(isProxied(input) ? [ADDED_NAMES] : []),
  ];
  if (ignored.length === 0) return hcl``;
  const says: HclExpression = {
    kind: 'expression',
    code: ignored.map(each => `# ${each.because}`).join('\n'),
  };
  return hcl`

${says}
ignore_changes = ${ignored.map(({ field }): HclExpression => ({ kind: 'expression', code: field }))}`;
}

const RAISED = {
  field: 'kubernetes_version',
  because: 'The channel raises the version; a plan must not take it back.',
};
const POD_RANGE = {
  field: 'network_profile[0].pod_cidr',
  because:
    'Azure does not always give back the range of pods where it runs no plugin, and a plan would make the cluster anew.',
};
const ADDED_NAMES = {
  field: 'http_proxy_config[0].no_proxy',
  because: 'Azure adds names of its own to those that are reached without the proxy.',
};

/** A lock is deletion protection: whoever wants to delete has to take it off first, in a pull request. */
const LOCK = hcl`
resource "azurerm_management_lock" "cluster" {
  name       = "keep"
  scope      = local.cluster.id
  lock_level = "CanNotDelete"
  notes      = "Deleting the cluster, or a pool of it, begins with a pull request that takes this away."
}
`;

const OTHER_LOGS = hcl`
# checkov:skip=CKV_AZURE_4: Logs of the control plane go to the workspace (logs.tf); those of containers to the stack in platform/.`;

const MOUNTS = hcl`

# Mounts secrets of the vault into pods; it has no rights itself (secret-readers.tf).
key_vault_secrets_provider {
  secret_rotation_enabled  = true
  secret_rotation_interval = "2m"
}`;

const SCALER = hcl`

# AKS adds and removes nodes itself; the pools of the three zones are kept alike.
auto_scaler_profile {
  balance_similar_node_groups      = true
  expander                         = "least-waste"
  scale_down_delay_after_add       = "10m"
  scale_down_unneeded              = "10m"
  scale_down_utilization_threshold = "0.5"
  skip_nodes_with_system_pods      = true
}`;

function upgrades({ stack }: ClusterInput) {
  const pick = pickOf(stack, 'upgrades');
  if (pick === 'extended-support')
    return { tier: 'Premium', plan: 'AKSLongTermSupport', channel: 'patch' } as const;
  return {
    tier: 'Standard',
    plan: 'KubernetesOfficial',
    channel: pick === 'release-channel' ? 'stable' : 'patch',
  } as const;
}
