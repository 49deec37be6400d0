/** The place of OpenShift in Harbor. */
import type { StarterInput } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import { release } from '../../release.ts';

/** The project for what Red Hat publishes; oc-mirror keeps the paths of its publishers below it. */
export const RED_HAT = 'red-hat';

/** Where Red Hat keeps images that nobody signs in for. */
export const PUBLIC_RED_HAT = 'registry.access.redhat.com';

export function isOpenshift({ stack }: Pick<StarterInput, 'stack'>): boolean {
  return pickOf(stack, 'distribution') === 'openshift';
}

/** `4.22` */
export function minorOf(input: StarterInput): string {
  return release(input, 'openshift').version.split('.').slice(0, 2).join('.');
}
