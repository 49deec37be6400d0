/** What pages say of the zone in Azure DNS; nothing where names are made by the house. */
import { markdownCode } from '../../../files/markdown.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { asksForZone } from '../../dns-and-certificates/zone.ts';
import { domainOf } from '../../names.ts';

export function zoneStep(input: ClusterInput): readonly string[] {
  const says = `Make the zone ${markdownCode(domainOf(input))} in Azure DNS in that subscription, and delegate the name to it.`;
  return asksForZone(input) ? [says] : [];
}

export function zoneLine(input: ClusterInput): string {
  return asksForZone(input)
    ? '- The DNS zone lies in Azure DNS in this subscription and the name is delegated to it.\n'
    : '';
}
