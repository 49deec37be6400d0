/** Who hears of alarms of Azure: `var.alarm_receiver`, by webhook or by mail. */
import { type HclExpression, hcl } from '../../files/hcl.ts';

export const actionGroup = (name: string): HclExpression => hcl`
resource "azurerm_monitor_action_group" "alarms" {
  name                = ${{ kind: 'expression', code: `"${name}"` }}
  resource_group_name = azurerm_resource_group.main.name
  short_name          = "on-call"
  tags                = local.tags

  dynamic "webhook_receiver" {
    for_each = startswith(var.alarm_receiver, "https://") ? [var.alarm_receiver] : []

    content {
      name                    = "on-call"
      service_uri             = webhook_receiver.value
      use_common_alert_schema = true
    }
  }

  dynamic "email_receiver" {
    for_each = startswith(var.alarm_receiver, "https://") ? [] : [var.alarm_receiver]

    content {
      name                    = "on-call"
      email_address           = email_receiver.value
      use_common_alert_schema = true
    }
  }
}
`;
