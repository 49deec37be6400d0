/** database.tf: PostgreSQL that Azure runs, reached from the cluster alone; people and workloads sign in with Entra. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution } from '../../contribution.ts';
import { databaseZonesVariable, withZones } from '../../environments/database-zones.ts';
import { together } from '../../serverless-service/code.ts';
import { terraformText } from '../../terraform.ts';
import { accountIdentities, accountVariable } from './account-identities.ts';
import { DATABASE_ALARMS } from './database-alarms.ts';
import { hasDistantBackups } from './database-choices.ts';
import { databaseCopy } from './database-copy.ts';
import { databaseNetwork } from './database-network.ts';
import { databaseRunbook } from './database-runbook.ts';
import { folderOf } from './title.ts';

export function aksDatabase(input: ClusterInput, decision: Id): Contribution {
  const path = `${folderOf(input)}/database.tf`;
  const { variables } = databaseCopy(input);
  return {
    files: new Map([
      [
        path,
        terraformText(
          input,
          decision,
          'PostgreSQL in the network of the cluster. Workloads and people sign in with Entra; there is no password that could be lost.',
          together(databaseNetwork(input), size(input), variables, server(input), DATABASE_ALARMS),
        ),
      ],
    ]),
    runbooks: [databaseRunbook(input)],
    checks: [
      withZones(input, folderOf(input), {
        decision,
        says: 'The database takes no password, and no public address leads to it.',
        command: `grep -qE '^ +password_auth_enabled += false$' ${path} && grep -qE '^ +public_network_access_enabled += false$' ${path}`,
        path,
      }),
      {
        decision,
        says: 'The database can be restored to any moment of the last two weeks.',
        command: `grep -qE '^ +backup_retention_days += 14$' ${path}`,
        path,
      },
    ],
    nextSteps: [
      'Make the first user of the database and let a workload sign in (docs/runbooks/database.md), when the first one needs it.',
    ],
  };
}

const USERS = { name: 'database_user', purpose: 'database' };

function size(input: ClusterInput): HclExpression {
  return hcl`
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
    backups_in_two_regions = ${hasDistantBackups(input)}
  }
}

${databaseZonesVariable(input)}
variable "database_admin" {
  description = "The Entra group that owns the database: its name, by which its members sign in, and its object id."
  type = object({
    name      = string
    object_id = string
  })
}

${accountVariable(USERS, 'Service accounts that sign in to the database; each gets an identity of its own.')}
`;
}

function server(input: ClusterInput): HclExpression {
  const { mode, changed, standby, distant } = databaseCopy(input);
  return hcl`
resource "azurerm_postgresql_flexible_server" "main" {
  # checkov:skip=CKV_AZURE_136: Backups in a second region are a decision about recovery: backups_in_two_regions.
  # checkov:skip=CKV2_AZURE_57: It stands in a subnet of its own, which is closer than a private endpoint.
  # Unique in all of Azure.
  name                = "psql-\${substr(sha256("\${var.subscription_id}/\${var.cluster_name}"), 0, 12)}"
  resource_group_name = azurerm_resource_group.main.name
  location            = var.location
  version             = var.database.engine_version
  sku_name            = var.database.sku_name
  tags                = local.tags
${mode}
  delegated_subnet_id           = local.database_network.subnet
  private_dns_zone_id           = azurerm_private_dns_zone.database.id
  public_network_access_enabled = false

  authentication {
    active_directory_auth_enabled = true
    password_auth_enabled         = false
    tenant_id                     = data.azurerm_client_config.current.tenant_id
  }

  dynamic "high_availability" {
    for_each = ${standby} ? [true] : []

    content {
      mode = "ZoneRedundant"
    }
  }

  storage_mb                   = var.database.storage_mb
  auto_grow_enabled            = true
  backup_retention_days        = 14
  geo_redundant_backup_enabled = ${distant}

  maintenance_window {
    day_of_week  = 0
    start_hour   = 3
    start_minute = 0
  }

  lifecycle {
    prevent_destroy = true

    # The disk grows, and after a failover the two have changed places: neither is to be taken back.
    ignore_changes = [storage_mb, zone, high_availability[0].standby_availability_zone${changed}]
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

${accountIdentities(USERS)}

# Nothing of it is secret: an address, and ids that open nothing without a token of their service account.
output "database" {
  description = "Where the database is, and who may sign in: the ids of each user for its service account and for the database."
  value = {
    host  = azurerm_postgresql_flexible_server.main.fqdn
    cidr  = local.database_network.cidr
    users = { for name, made in azurerm_user_assigned_identity.database_user : name => { client_id = made.client_id, object_id = made.principal_id } }
  }
}
`;
}
