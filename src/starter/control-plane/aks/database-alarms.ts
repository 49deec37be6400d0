/** When the database of a cluster on AKS has to wake somebody, and what must never be lost in a change of it. */
import { hcl } from '../../../files/hcl.ts';

export const DATABASE_ALARMS = hcl`
locals {
  database_alarms = {
    storage = { metric = "storage_percent", aggregation = "Maximum", operator = "GreaterThan", threshold = 85, window = "PT15M", severity = 1, says = "Less than a sixth of the disk is free" }
    cpu     = { metric = "cpu_percent", aggregation = "Average", operator = "GreaterThan", threshold = 90, window = "PT30M", severity = 2, says = "The processor has been busy for half an hour" }
    alive   = { metric = "is_db_alive", aggregation = "Maximum", operator = "LessThan", threshold = 1, window = "PT5M", severity = 0, says = "The database does not answer" }
  }
}

resource "azurerm_monitor_metric_alert" "database" {
  for_each = local.database_alarms

  name                = "\${var.cluster_name}-database-\${each.key}"
  resource_group_name = azurerm_resource_group.main.name
  scopes              = [azurerm_postgresql_flexible_server.main.id]
  description         = "\${each.value.says}: docs/runbooks/database.md"
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
`;

/** tests/ where there is a database. */
export const DATABASE_RUNS = hcl`

run "keeps_the_database_from_the_internet" {
  command = plan

  assert {
    condition     = !azurerm_postgresql_flexible_server.main.public_network_access_enabled && !azurerm_postgresql_flexible_server.main.authentication[0].password_auth_enabled
    error_message = "The database has no public address and takes no password."
  }

  assert {
    condition     = azurerm_management_lock.database.lock_level == "CanNotDelete"
    error_message = "A lock keeps the database from being deleted."
  }
}`;
