/** Where alarms of Google itself go. */
import { hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { GoogleGround } from '../../google/ground.ts';
import { alarmsFile } from '../provider-alarms.ts';
import { gkeChoices } from './choices.ts';

export function googleAlarms(input: ClusterInput, { folder }: GoogleGround): FileTree {
  if (!gkeChoices(input).alarms) return new Map();
  return alarmsFile(input, {
    folder,
    cloud: 'Google',
    receivers: 'an https address that takes a webhook, its secret in it, or a mail address.',
    way: WAY,
  });
}

const WAY = hcl`
resource "google_monitoring_notification_channel" "on_call" {
  display_name = "On call for \${var.cluster_name}"
  type         = startswith(var.alarm_receiver, "https://") ? "webhook_tokenauth" : "email"
  labels       = startswith(var.alarm_receiver, "https://") ? { url = var.alarm_receiver } : { email_address = var.alarm_receiver }
}
`;
