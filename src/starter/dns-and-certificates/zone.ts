/** Whether names of the platform lie in a zone of the cloud, or in name servers of the house. */
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';

export function liesInCloud({ stack }: Pick<StarterInput, 'stack'>): boolean {
  return pickOf(stack, 'dns-and-certificates') !== 'corporate-pki';
}

/** The installer of OpenShift makes names of the cluster itself, wherever those of services lie. */
export function asksForZone(input: Pick<StarterInput, 'stack'>): boolean {
  return liesInCloud(input) || pickOf(input.stack, 'distribution') === 'openshift';
}
