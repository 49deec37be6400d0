/** alarms.tf: where alarms of Azure itself go. Made once, however many parts of the platform raise them. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { terraformText } from '../../terraform.ts';
import { alarmReceiver, raisesAlarms } from '../provider-alarms.ts';
import { FOLDER } from './title.ts';

export function aksAlarms(input: ClusterInput): FileTree {
  if (!raisesAlarms(input)) return new Map();
  return new Map([
    [
      `${FOLDER}/alarms.tf`,
      terraformText(
        input,
        'platform-defaults',
        'Alarms of Azure reach whoever is on call without passing through the cluster that may be the reason for them.',
        code(input),
      ),
    ],
  ]);
}

function code(input: ClusterInput): HclExpression {
  return hcl`
variable "alarm_receiver" {
  description = "Who hears of alarms: an https address that takes the common alert schema of Azure, or a mail address, which is asked once whether it agrees."
  type        = string
  default     = ${alarmReceiver(input)}

  validation {
    condition     = startswith(var.alarm_receiver, "https://") || can(regex("^[^@ ]+@[^@ ]+$", var.alarm_receiver))
    error_message = "An https address or a mail address."
  }
}

resource "azurerm_monitor_action_group" "alarms" {
  name                = "\${var.cluster_name}-alarms"
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
}
