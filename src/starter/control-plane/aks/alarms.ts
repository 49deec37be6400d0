/** Where alarms of Azure itself go. */
import { hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { alarmsFile, raisesAlarms } from '../provider-alarms.ts';
import { folderOf } from './title.ts';

export function aksAlarms(input: ClusterInput): FileTree {
  if (!raisesAlarms(input)) return new Map();
  return alarmsFile(input, {
    folder: folderOf(input),
    cloud: 'Azure',
    receivers:
      'an https address that takes the common alert schema of Azure, or a mail address, which is asked once whether it agrees.',
    way: WAY,
  });
}

const WAY = hcl`
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
