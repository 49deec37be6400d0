# Follows ADR-0002 (docs/adr/0002-control-plane-managed-control-plane-own-node-pools-eks-aks-gke-standard.md).
# The control plane and its pools over three zones: Azure runs it, these are its settings.

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
  name                = "${var.cluster_name}-kubelet"
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
  # checkov:skip=CKV_AZURE_227: host_encryption_enabled is set, in the block of the pool.
  name                = var.cluster_name
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  node_resource_group = "${var.cluster_name}-nodes"
  dns_prefix          = var.cluster_name
  kubernetes_version  = var.kubernetes_version
  sku_tier            = "Standard"
  support_plan        = "KubernetesOfficial"
  tags                = local.tags

  # Patches of the minor come by themselves, within the windows below; images of the nodes too.
  automatic_upgrade_channel = "patch"
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

  default_node_pool {
    name                        = "system"
    vm_size                     = var.system_nodes.vm_size
    auto_scaling_enabled        = true
    min_count                   = var.system_nodes.min_size
    max_count                   = var.system_nodes.max_size
    zones                       = local.zones
    vnet_subnet_id              = local.subnets.nodes
    pod_subnet_id               = null
    orchestrator_version        = var.kubernetes_version
    os_sku                      = "AzureLinux"
    os_disk_type                = "Managed"
    os_disk_size_gb             = 128
    host_encryption_enabled     = true
    max_pods                    = 110
    temporary_name_for_rotation = "systemnew"

    # Taints the pool, so that the platform and the add-ons of AKS are alone here.
    only_critical_addons_enabled = true

    upgrade_settings {
      max_surge                = "33%"
      drain_timeout_in_minutes = 30
    }
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.cluster.id]
  }

  kubelet_identity {
    client_id                 = azurerm_user_assigned_identity.kubelet.client_id
    object_id                 = azurerm_user_assigned_identity.kubelet.principal_id
    user_assigned_identity_id = azurerm_user_assigned_identity.kubelet.id
  }

  network_profile {
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    network_data_plane  = "azure"
    network_policy      = "calico"
    load_balancer_sku   = "standard"
    outbound_type       = "loadBalancer"
    pod_cidr            = var.pod_cidr
    service_cidr        = var.service_cidr
    dns_service_ip      = cidrhost(var.service_cidr, 10)

    # 4,096 connections of each node at a time, for as many as 62 nodes.
    load_balancer_profile {
      outbound_ip_prefix_ids   = [azurerm_public_ip_prefix.outbound.id]
      outbound_ports_allocated = 4096
      idle_timeout_in_minutes  = 4
    }
  }

  # AKS adds and removes nodes itself; the pools of the three zones are kept alike.
  auto_scaler_profile {
    balance_similar_node_groups      = true
    expander                         = "least-waste"
    scale_down_delay_after_add       = "10m"
    scale_down_unneeded              = "10m"
    scale_down_utilization_threshold = "0.5"
    skip_nodes_with_system_pods      = true
  }

  # Reads what containers write, with an identity and without a key; pod-logs.tf says what is kept.
  oms_agent {
    log_analytics_workspace_id      = azurerm_log_analytics_workspace.main.id
    msi_auth_for_monitoring_enabled = true
  }

  maintenance_window_auto_upgrade {
    frequency   = "Weekly"
    interval    = 1
    day_of_week = "Tuesday"
    start_time  = "09:00"
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
    day_of_week = "Wednesday"
    start_time  = "09:00"
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
    prevent_destroy = true
  }

  depends_on = [
    azurerm_role_assignment.cluster_network,
    azurerm_role_assignment.cluster_gives_kubelet,
  ]
}

# One pool per zone: a disk binds its pod to a zone, and only so can a node be added in just that one.
resource "azurerm_kubernetes_cluster_node_pool" "workload" {
  for_each = toset(local.zones)

  name                        = "workload${each.key}"
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.main.id
  mode                        = "User"
  vm_size                     = var.workload_nodes.vm_size
  auto_scaling_enabled        = true
  min_count                   = var.workload_nodes.min_size
  max_count                   = var.workload_nodes.max_size
  zones                       = [each.key]
  vnet_subnet_id              = local.subnets.nodes
  pod_subnet_id               = null
  orchestrator_version        = var.kubernetes_version
  os_sku                      = "AzureLinux"
  os_disk_type                = "Managed"
  os_disk_size_gb             = 128
  host_encryption_enabled     = true
  max_pods                    = 110
  node_labels                 = { node-pool = "workload" }
  temporary_name_for_rotation = "wlnew${each.key}"
  tags                        = local.tags

  upgrade_settings {
    max_surge                = "33%"
    drain_timeout_in_minutes = 30
  }
}

# Windows beside Linux: its pods say so by selector and toleration.
resource "azurerm_kubernetes_cluster_node_pool" "win" {
  name                        = "win"
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.main.id
  mode                        = "User"
  vm_size                     = "Standard_D4s_v5"
  auto_scaling_enabled        = true
  min_count                   = 0
  max_count                   = 6
  zones                       = local.zones
  vnet_subnet_id              = local.subnets.nodes
  pod_subnet_id               = null
  orchestrator_version        = var.kubernetes_version
  os_type                     = "Windows"
  os_sku                      = "Windows2022"
  os_disk_type                = "Managed"
  os_disk_size_gb             = 128
  host_encryption_enabled     = true
  max_pods                    = 110
  node_labels                 = { node-pool = "windows" }
  node_taints                 = ["os=windows:NoSchedule"]
  temporary_name_for_rotation = "winn"
  tags                        = local.tags

  upgrade_settings {
    max_surge                = "33%"
    drain_timeout_in_minutes = 30
  }
}

resource "azurerm_management_lock" "cluster" {
  name       = "keep"
  scope      = local.cluster.id
  lock_level = "CanNotDelete"
  notes      = "Deleting the cluster, or a pool of it, begins with a pull request that takes this away."
}
