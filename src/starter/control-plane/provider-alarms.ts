/** Alarms that the cloud raises by itself, without passing through the cluster that may be the reason for them. */
import { type HclExpression, hcl } from '../../files/hcl.ts';
import type { FileTree } from '../../files/tree.ts';
import type { ClusterInput } from '../cluster-input.ts';
import type { Placeholder } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { archivesAreCopied } from '../recovery/places.ts';
import { together } from '../serverless-service/code.ts';
import { terraformText } from '../terraform.ts';
import { hasWorkQueue } from '../work-queue.ts';

/** Picks whose failures the cloud sees and the cluster does not; with a cloud, in that one alone. */
const RAISED_BY: readonly (readonly [decision: string, pick: string, cloud?: string])[] = [
  ['backup', 'provider-backup'],
  ['data-services', 'managed-database'],
  ['edge', 'gateway-cloud', 'aws'],
  ['metrics', 'managed-metrics'],
];

export function raisesAlarms(input: ClusterInput): boolean {
  const { stack } = input;
  const here = answerOf(stack, 'cloud');
  return (
    archivesAreCopied(input) ||
    hasWorkQueue(input) ||
    RAISED_BY.some(([decision, pick, cloud = here]) => pickOf(stack, decision) === pick && cloud === here)
  );
}

interface AlarmsOfCloud {
  readonly folder: string;
  readonly cloud: string;
  /** Who can hear of them there: an https address that …, or a mail address …. */
  readonly receivers: string;
  /** What carries them to `var.alarm_receiver`. */
  readonly way: HclExpression;
}

/** alarms.tf: where alarms of the cloud itself go. Made once, however many parts of the platform raise them. */
export function alarmsFile(input: ClusterInput, { folder, cloud, receivers, way }: AlarmsOfCloud): FileTree {
  const { alertReceiver = `https://${TOKENS.alertReceiver}.example.com/alerts` } = input.project;
  const receiver = hcl`
variable "alarm_receiver" {
  description = ${`Who hears of alarms: ${receivers}`}
  type        = string
  default     = ${alertReceiver}

  validation {
    condition     = startswith(var.alarm_receiver, "https://") || can(regex("^[^@ ]+@[^@ ]+$", var.alarm_receiver))
    error_message = "An https address or a mail address."
  }
}
`;
  const says = `Alarms of ${cloud} reach whoever is on call without passing through the cluster that may be the reason for them.`;
  return new Map([
    [`${folder}/alarms.tf`, terraformText(input, 'platform-defaults', says, together(receiver, way))],
  ]);
}

export const ALARM_PLACEHOLDERS: readonly Omit<Placeholder, 'file'>[] = [
  {
    token: TOKENS.alertReceiver,
    meaning: 'Webhook of whoever is on call; replace the whole address. Without it nobody hears of anything.',
    example: 'https://events.example.net/integration/alerts',
  },
];
