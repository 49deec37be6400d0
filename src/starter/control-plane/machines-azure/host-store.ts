/** host-store.tf: what machines are told and bring, read by themselves alone. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { keylessAccount } from '../../azure/storage-account.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { onLinux } from './cluster.ts';

const NETWORK = hcl`
network_rules {
  default_action             = "Deny"
  bypass                     = ["AzureServices"]
  ip_rules                   = var.host_store_cidrs
  virtual_network_subnet_ids = values(local.subnets)
}
`;

export const hostStoreFile = (input: ClusterInput): HclExpression => hcl`
resource "azurerm_storage_account" "hosts" {
  # checkov:skip=CKV_AZURE_33: Nothing uses queues here, and without keys nobody can.
  # checkov:skip=CKV_AZURE_59: Reached by the service endpoint of the machines' subnets and by named networks of people.
  # checkov:skip=CKV_AZURE_206: Copied over the zones of the region, as the machines are.
  # checkov:skip=CKV2_AZURE_1: Encrypted with Microsoft's keys; keys of your own are for rules that ask for them.
  # checkov:skip=CKV2_AZURE_33: As CKV_AZURE_59.
  # Unique in all of Azure.
  name                = "sthost\${substr(sha256("\${var.subscription_id}/\${var.cluster_name}"), 0, 12)}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags

  ${keylessAccount({ replication: 'ZRS', network: NETWORK, keptDays: 7 })}
}

resource "azurerm_management_lock" "hosts" {
  name       = "keep"
  scope      = azurerm_storage_account.hosts.id
  lock_level = "CanNotDelete"
  notes      = "Holds snapshots of etcd, and what machines join by."
}

# The archive of one machine, with what it joins by: nobody else may read it.
resource "azurerm_storage_container" "host" {
  for_each = local.hosts

  # checkov:skip=CKV2_AZURE_21: Every read and write of the account is recorded below.
  name                  = "host-\${each.key}"
  storage_account_id    = azurerm_storage_account.hosts.id
  container_access_type = "private"
}

resource "azurerm_role_assignment" "host_reads_its_own" {
  for_each = local.hosts

  scope                = azurerm_storage_container.host[each.key].id
  role_definition_name = "Storage Blob Data Reader"
  principal_id         = azurerm_user_assigned_identity.host[each.key].principal_id
  principal_type       = "ServicePrincipal"
}

# What one machine tells the others: that the cluster is founded, and what it is known by.
resource "azurerm_storage_container" "shared" {
  # checkov:skip=CKV2_AZURE_21: As above.
  name                  = "shared"
  storage_account_id    = azurerm_storage_account.hosts.id
  container_access_type = "private"
}

resource "azurerm_role_assignment" "hosts_read_shared" {
  for_each = ${onLinux(input)}

  scope                = azurerm_storage_container.shared.id
  role_definition_name = each.value.role == "control-plane" ? "Storage Blob Data Contributor" : "Storage Blob Data Reader"
  principal_id         = azurerm_user_assigned_identity.host[each.key].principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_storage_container" "etcd" {
  # checkov:skip=CKV2_AZURE_21: As above.
  name                  = "etcd"
  storage_account_id    = azurerm_storage_account.hosts.id
  container_access_type = "private"

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_role_assignment" "control_plane_keeps_snapshots" {
  for_each = local.control_plane

  scope                = azurerm_storage_container.etcd.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azurerm_user_assigned_identity.host[each.key].principal_id
  principal_type       = "ServicePrincipal"
}

output "host_store" {
  description = "Goes into HOST_STORE of the inventory."
  value       = azurerm_storage_account.hosts.name
}

# Those who set the cluster up bring the archives.
resource "azurerm_role_assignment" "admins_bring_archives" {
  for_each = toset(var.admin_group_ids)

  scope                = azurerm_storage_account.hosts.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = each.value
  principal_type       = "Group"
}

resource "azurerm_storage_management_policy" "hosts" {
  storage_account_id = azurerm_storage_account.hosts.id

  rule {
    name    = "remove-old-snapshots"
    enabled = true

    filters {
      blob_types   = ["blockBlob"]
      prefix_match = ["etcd/"]
    }

    actions {
      base_blob {
        delete_after_days_since_modification_greater_than = 30
      }

      version {
        delete_after_days_since_creation = 7
      }
    }
  }
}

# Who read or wrote what of the machines, and when.
resource "azurerm_monitor_diagnostic_setting" "hosts" {
  name                       = "audit"
  target_resource_id         = "\${azurerm_storage_account.hosts.id}/blobServices/default"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  dynamic "enabled_log" {
    for_each = toset(["StorageDelete", "StorageRead", "StorageWrite"])

    content {
      category = enabled_log.value
    }
  }
}
`;
