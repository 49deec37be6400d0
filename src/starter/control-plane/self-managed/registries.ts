/** How containerd finds images in the registry of the house. */

import type { ClusterInput } from '../../cluster-input.ts';
import { trustsHouse } from '../../dns-and-certificates/house/authorities.ts';
import { pickOf } from '../../picks.ts';
import { HARBOR } from '../../registry/harbor.ts';
import { UPSTREAMS } from '../../registry/upstreams.ts';

/** In the form of RKE2 and K3s; null where images come from their publishers. `authorities`: where hosts have those of the house. */
export function mirrorsOf(input: ClusterInput, authorities: string): object | null {
  if (pickOf(input.stack, 'registry') !== 'harbor') return null;
  return {
    ...(trustsHouse(input) ? { configs: { [HARBOR]: { tls: { ca_file: authorities } } } } : {}),
    mirrors: Object.fromEntries(
      UPSTREAMS.map(({ host, prefix }) => [
        host,
        { endpoint: [`https://${HARBOR}`], rewrite: { '^(.*)$': `${prefix}/$1` } },
      ]),
    ),
  };
}
