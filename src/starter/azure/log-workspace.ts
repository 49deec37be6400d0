/** The workspace of Azure that logs are kept in, audit among them: nobody writes to it with a key, and nobody removes it by accident. */
import { type HclExpression, hcl } from '../../files/hcl.ts';
import type { StarterInput } from '../part.ts';
import { answerOf } from '../picks.ts';

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

/** Of one cluster. */
export const CLUSTER_LOGS = logWorkspace({
  name: hcl`var.cluster_name`,
  group: hcl`azurerm_resource_group.main`,
  notes: 'Holds the audit log.',
});

/** Seven years, in the nearest number that a table takes; null where the two years of a workspace are enough. */
export function tableDays({ stack }: Pick<StarterInput, 'stack'>): number | null {
  return answerOf(stack, 'log-retention') === 'years' ? 2556 : null;
}

/** What keeps tables beyond those two years; nothing where they are enough. `writtenBy` has them made, `wherever` says in which environments. */
export function keptTables(
  input: Pick<StarterInput, 'stack'>,
  tables: readonly string[],
  writtenBy: HclExpression,
  wherever: HclExpression = hcl`toset(${tables})`,
): HclExpression {
  const days = tableDays(input);
  if (days === null) return { kind: 'expression', code: '' };
  return hcl`
# A workspace answers queries for two years at most. What has to be kept for longer stays in its tables, where a search job finds it.
resource "azurerm_log_analytics_workspace_table" "kept" {
  for_each = ${wherever}

  workspace_id            = azurerm_log_analytics_workspace.main.id
  name                    = each.key
  retention_in_days       = var.log_retention_days
  total_retention_in_days = ${days}

  depends_on = [${writtenBy}]
}
`;
}
