/** Where names of the platform lie: in the zone of the project, in a private one of the network, or in name servers of the house. */
import { apiIsListed } from '../control-plane/machines-gcp/listed-api.ts';
import { asksForZone } from '../dns-and-certificates/zone.ts';
import { wayOut } from '../egress/way-out/way.ts';
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';

export type ZoneOfNames = 'project' | 'network' | 'house';

export function zoneOfNames(input: StarterInput): ZoneOfNames {
  if (wayOut(input) === 'none') return 'network';
  return asksForZone(input) || namesListedApi(input) ? 'project' : 'house';
}

/** On machines of one's own an API that is listed has its name in the zone as well. */
function namesListedApi(input: StarterInput): boolean {
  const distribution = pickOf(input.stack, 'distribution');
  return (
    distribution !== null &&
    apiIsListed(input, { setUpBy: distribution === 'talos' ? 'talosctl' : 'machine' })
  );
}
