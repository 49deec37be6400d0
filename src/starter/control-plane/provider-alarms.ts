/** Alarms that the cloud raises by itself, without passing through the cluster that may be the reason for them. */
import type { ClusterInput } from '../cluster-input.ts';
import type { Placeholder } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';
import { TOKENS } from '../placeholder-tokens.ts';

/** Picks whose failures the cloud sees and the cluster does not; with a cloud, in that one alone. */
const RAISED_BY: readonly (readonly [decision: string, pick: string, cloud?: string])[] = [
  ['backup', 'provider-backup'],
  ['data-services', 'managed-database'],
  ['edge', 'gateway-cloud', 'aws'],
  ['metrics', 'managed-metrics'],
];

export function raisesAlarms({ stack }: ClusterInput): boolean {
  const here = answerOf(stack, 'cloud');
  return RAISED_BY.some(
    ([decision, pick, cloud = here]) => pickOf(stack, decision) === pick && cloud === here,
  );
}

/** Who hears of them: an https address or a mail address. */
export function alarmReceiver({ project }: ClusterInput): string {
  return project.alertReceiver ?? `https://${TOKENS.alertReceiver}.example.com/alerts`;
}

export const ALARM_PLACEHOLDERS: readonly Omit<Placeholder, 'file'>[] = [
  {
    token: TOKENS.alertReceiver,
    meaning: 'Webhook of whoever is on call; replace the whole address. Without it nobody hears of anything.',
    example: 'https://events.example.net/integration/alerts',
  },
];
