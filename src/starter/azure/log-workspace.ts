/** The workspace of Azure that logs are kept in, audit among them: nobody writes to it with a key, and nobody removes it by accident. */
import { type HclExpression, hcl } from '../../files/hcl.ts';

interface Place {
  readonly name: HclExpression;
  readonly group: HclExpression;
  readonly notes: string;
}

export function logWorkspace({ name, group, notes }: Place): HclExpression {
  return hcl`resource "azurerm_log_analytics_workspace" "main" {
  name                         = ${name}
  resource_group_name          = ${group}.name
  location                     = var.location
  sku                          = "PerGB2018"
  retention_in_days            = var.log_retention_days
  local_authentication_enabled = false
  tags                         = local.tags

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_management_lock" "logs" {
  name       = "keep"
  scope      = azurerm_log_analytics_workspace.main.id
  lock_level = "CanNotDelete"
  notes      = ${notes}
}`;
}
