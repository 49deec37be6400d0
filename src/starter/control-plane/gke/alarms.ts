/** alarms.tf: where alarms of Google itself go. Made once, however many parts of the platform raise them. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';

import type { ClusterInput } from '../../cluster-input.ts';
import { terraformText } from '../../terraform.ts';
import { alarmReceiver } from '../provider-alarms.ts';
import { gkeChoices } from './choices.ts';
import { FOLDER } from './settings.ts';

export function gkeAlarms(input: ClusterInput): FileTree {
  if (!gkeChoices(input).alarms) return new Map();
  return new Map([
    [
      `${FOLDER}/alarms.tf`,
      terraformText(
        input,
        'platform-defaults',
        'Alarms of Google reach whoever is on call without passing through the cluster that may be the reason for them.',
        code(input),
      ),
    ],
  ]);
}

function code(input: ClusterInput): HclExpression {
  return hcl`
variable "alarm_receiver" {
  description = "Who hears of alarms: an https address that takes a webhook, its secret in it, or a mail address."
  type        = string
  default     = ${alarmReceiver(input)}

  validation {
    condition     = startswith(var.alarm_receiver, "https://") || can(regex("^[^@ ]+@[^@ ]+$", var.alarm_receiver))
    error_message = "An https address or a mail address."
  }
}

resource "google_monitoring_notification_channel" "on_call" {
  display_name = "On call for \${var.cluster_name}"
  type         = startswith(var.alarm_receiver, "https://") ? "webhook_tokenauth" : "email"
  labels       = startswith(var.alarm_receiver, "https://") ? { url = var.alarm_receiver } : { email_address = var.alarm_receiver }
}
`;
}
