/** How containerd finds images in the registry of the house. */

import type { ClusterInput } from '../../cluster-input.ts';
import { pickOf } from '../../picks.ts';
import { HARBOR } from '../../registry/harbor.ts';
import { UPSTREAMS } from '../../registry/upstreams.ts';

/** In the form of RKE2 and K3s; null where images come from their publishers. */
export function mirrorsOf({ stack }: ClusterInput): object | null {
  if (pickOf(stack, 'registry') !== 'harbor') return null;
  return {
    mirrors: Object.fromEntries(
      UPSTREAMS.map(({ host, prefix }) => [
        host,
        { endpoint: [`https://${HARBOR}`], rewrite: { '^(.*)$': `${prefix}/$1` } },
      ]),
    ),
  };
}
