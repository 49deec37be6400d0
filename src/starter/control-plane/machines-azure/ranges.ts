/** Addresses of machines in Azure: a subnet for each zone, so that each zone has a way out of its own. */
import { hostOf, partOf } from '../../cidr.ts';
import type { Cluster } from '../../cluster-input.ts';
import { nodeRange } from '../aks/addresses.ts';

/** As network.tf divides the range of the machines: a quarter for each zone, and one that nobody has yet. */
function zoneRange(cluster: Cluster, zone: number): string {
  const range = nodeRange(cluster);
  return partOf(range, 4, zone);
}

/** Azure keeps the first four addresses of a subnet to itself. */
export function addressOf(cluster: Cluster, role: number, zone: number): string {
  return hostOf(zoneRange(cluster, zone), 11 + role * 10);
}

/** As Azure calls the zones of a region on its nodes and disks. */
export function zonesOf({ region }: Cluster): readonly [string, string, string] {
  return [`${region}-1`, `${region}-2`, `${region}-3`];
}
