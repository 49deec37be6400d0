/** Whether infrastructure in AWS looks a public zone of Route 53 up, and what pages say of it. */
import { markdownCode } from '../../../files/markdown.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { asksForZone } from '../../dns-and-certificates/zone.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { domainOf } from '../../names.ts';
import { pickOf } from '../../picks.ts';
import { isOwnControlPlane } from './trust.ts';

/** On machines of one's own an API that is listed has its name there as well. */
export function looksUpZone(input: ClusterInput): boolean {
  const listed = isOwnControlPlane(input) && pickOf(input.stack, 'api-exposure') === 'allow-listed';
  return wayOut(input) !== 'none' && (asksForZone(input) || listed);
}

/** A zone of Route 53, a private one of the network, or what nodes of EKS are not to ask a proxy for. */
export function namesZone(input: ClusterInput): boolean {
  const past = wayOut(input) === 'proxy' && !isOwnControlPlane(input);
  return looksUpZone(input) || wayOut(input) === 'none' || past;
}

export function zoneStep(input: ClusterInput): readonly string[] {
  return looksUpZone(input)
    ? [`Delegate the zone ${markdownCode(domainOf(input))} to Route 53 in that account.`]
    : [];
}

export function zoneLine(input: ClusterInput): string {
  return looksUpZone(input)
    ? '- The DNS zone lies in Route 53 in this account and is delegated to it.\n'
    : '';
}
