# Follows ADR-0003 (docs/adr/0003-data-services-managed-databases-of-the-cloud-provider.md).
# PostgreSQL in the network of the cluster. Workloads and people sign in with Entra; there is no password that could be lost.

variable "database_subnet_id" {
  description = "Subnet of at least /28 for the database alone, delegated to Microsoft.DBforPostgreSQL/flexibleServers, in the network of the nodes."
  type        = string

  validation {
    condition     = length(split("/", var.database_subnet_id)) == 11
    error_message = "Give the whole id of the subnet, from /subscriptions on."
  }
}

locals {
  database_subnet = split("/", var.database_subnet_id)

  database_network = {
    id     = join("/", slice(local.node_subnet, 0, 9))
    subnet = var.database_subnet_id
    cidr   = data.azurerm_subnet.database.address_prefixes[0]
  }
}

data "azurerm_subnet" "database" {
  name                 = local.database_subnet[10]
  virtual_network_name = local.database_subnet[8]
  resource_group_name  = local.database_subnet[4]

  lifecycle {
    postcondition {
      condition     = self.network_security_group_id != ""
      error_message = "The subnet of the database has no network security group: the nodes alone should reach it, at 5432."
    }
  }
}

resource "azurerm_private_dns_zone" "database" {
  name                = "${var.cluster_name}.private.postgres.database.azure.com"
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags
}

resource "azurerm_private_dns_zone_virtual_network_link" "database" {
  name                  = "cluster"
  resource_group_name   = azurerm_resource_group.main.name
  private_dns_zone_name = azurerm_private_dns_zone.database.name
  virtual_network_id    = local.database_network.id
  tags                  = local.tags
}

variable "database" {
  description = "The database. The version is a major one: Azure applies minor ones within the maintenance window. storage_mb is what it begins with, it grows by itself. Backups in the paired region cannot be switched on later."
  type = object({
    engine_version         = string
    sku_name               = string
    storage_mb             = number
    backups_in_two_regions = bool
  })
  default = {
    engine_version         = "17"
    sku_name               = "GP_Standard_D2ds_v5"
    storage_mb             = 131072
    backups_in_two_regions = true
  }
}

variable "database_zones" {
  description = "2: a copy in a second zone takes over by itself, and costs as much again. 1: a zone that is lost is waited for, or the database is restored into another one. May be changed at any time."
  type        = number
  default     = 2

  validation {
    condition     = contains([1, 2], var.database_zones)
    error_message = "A database stands in one zone or in two."
  }
}

variable "database_admin" {
  description = "The Entra group that owns the database: its name, by which its members sign in, and its object id."
  type = object({
    name      = string
    object_id = string
  })
}

variable "database_users" {
  description = "Service accounts that sign in to the database; each gets an identity of its own."
  type = map(object({
    namespace       = string
    service_account = string
  }))
  default = {}
}

variable "database_replica_of" {
  description = "The cluster of this subscription whose database this one follows; null for one of its own. Both networks are peered, and the zone of each database is linked to both."
  type        = string
  default     = null
}

locals {
  database_is_copy = var.database_replica_of != null
}

resource "azurerm_postgresql_flexible_server" "main" {
  # checkov:skip=CKV_AZURE_136: Backups in a second region are a decision about recovery: backups_in_two_regions.
  # checkov:skip=CKV2_AZURE_57: It stands in a subnet of its own, which is closer than a private endpoint.
  # Unique in all of Azure.
  name                = "psql-${substr(sha256("${var.subscription_id}/${var.cluster_name}"), 0, 12)}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  version             = var.database.engine_version
  sku_name            = var.database.sku_name
  tags                = local.tags

  create_mode = local.database_is_copy ? "Replica" : "Default"

  source_server_id = local.database_is_copy ? join("/", [
    "/subscriptions/${var.subscription_id}/resourceGroups/${var.database_replica_of}/providers/Microsoft.DBforPostgreSQL/flexibleServers",
    "psql-${substr(sha256("${var.subscription_id}/${var.database_replica_of}"), 0, 12)}",
  ]) : null

  delegated_subnet_id           = local.database_network.subnet
  private_dns_zone_id           = azurerm_private_dns_zone.database.id
  public_network_access_enabled = false

  authentication {
    active_directory_auth_enabled = true
    password_auth_enabled         = false
    tenant_id                     = data.azurerm_client_config.current.tenant_id
  }

  dynamic "high_availability" {
    for_each = var.database_zones == 2 && !local.database_is_copy ? [true] : []

    content {
      mode = "ZoneRedundant"
    }
  }

  storage_mb                   = var.database.storage_mb
  auto_grow_enabled            = true
  backup_retention_days        = 14
  geo_redundant_backup_enabled = var.database.backups_in_two_regions && !local.database_is_copy

  maintenance_window {
    day_of_week  = 0
    start_hour   = 3
    start_minute = 0
  }

  lifecycle {
    prevent_destroy = true

    # The disk grows, and after a failover the two have changed places: neither is to be taken back.
    ignore_changes = [storage_mb, zone, high_availability[0].standby_availability_zone, create_mode, source_server_id]
  }

  depends_on = [azurerm_private_dns_zone_virtual_network_link.database]
}

resource "azurerm_management_lock" "database" {
  name       = "keep"
  scope      = azurerm_postgresql_flexible_server.main.id
  lock_level = "CanNotDelete"
  notes      = "Holds data of the workloads; its backups go with it."
}

resource "azurerm_postgresql_flexible_server_active_directory_administrator" "main" {
  server_name         = azurerm_postgresql_flexible_server.main.name
  resource_group_name = azurerm_resource_group.main.name
  tenant_id           = data.azurerm_client_config.current.tenant_id
  object_id           = var.database_admin.object_id
  principal_name      = var.database_admin.name
  principal_type      = "Group"
}

resource "azurerm_postgresql_flexible_server_configuration" "main" {
  for_each = {
    require_secure_transport = "on"
    # What takes longer than a second is worth knowing of.
    log_min_duration_statement = "1000"
  }

  name      = each.key
  server_id = azurerm_postgresql_flexible_server.main.id
  value     = each.value
}

resource "azurerm_monitor_diagnostic_setting" "database" {
  name                       = "logs"
  target_resource_id         = azurerm_postgresql_flexible_server.main.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  enabled_log {
    category = "PostgreSQLLogs"
  }
}

resource "azurerm_user_assigned_identity" "database_user" {
  for_each = var.database_users

  name                = "${var.cluster_name}-database-${each.key}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "database_user" {
  for_each = var.database_users

  name                = each.key
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.database_user[each.key].id
  issuer              = local.cluster.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:${each.value.namespace}:${each.value.service_account}"
}

# Nothing of it is secret: an address, and ids that open nothing without a token of their service account.
output "database" {
  description = "Where the database is, and who may sign in: the ids of each user for its service account and for the database."
  value = {
    host  = azurerm_postgresql_flexible_server.main.fqdn
    cidr  = local.database_network.cidr
    users = { for name, made in azurerm_user_assigned_identity.database_user : name => { client_id = made.client_id, object_id = made.principal_id } }
  }
}

locals {
  database_alarms = {
    storage = { metric = "storage_percent", aggregation = "Maximum", operator = "GreaterThan", threshold = 85, window = "PT15M", severity = 1, says = "Less than a sixth of the disk is free" }
    cpu     = { metric = "cpu_percent", aggregation = "Average", operator = "GreaterThan", threshold = 90, window = "PT30M", severity = 2, says = "The processor has been busy for half an hour" }
    alive   = { metric = "is_db_alive", aggregation = "Maximum", operator = "LessThan", threshold = 1, window = "PT5M", severity = 0, says = "The database does not answer" }
  }
}

resource "azurerm_monitor_metric_alert" "database" {
  for_each = local.database_alarms

  name                = "${var.cluster_name}-database-${each.key}"
  resource_group_name = azurerm_resource_group.main.name
  scopes              = [azurerm_postgresql_flexible_server.main.id]
  description         = "${each.value.says}: docs/runbooks/database.md"
  severity            = each.value.severity
  frequency           = "PT1M"
  window_size         = each.value.window
  tags                = local.tags

  criteria {
    metric_namespace = "Microsoft.DBforPostgreSQL/flexibleServers"
    metric_name      = each.value.metric
    aggregation      = each.value.aggregation
    operator         = each.value.operator
    threshold        = each.value.threshold
  }

  action {
    action_group_id = azurerm_monitor_action_group.alarms.id
  }
}
