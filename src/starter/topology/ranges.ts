/** Which addresses each cluster owns. */
import { liesWithin, rangesMeet, splitRange } from '../cidr.ts';
import type { Cluster } from '../cluster-input.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';

/** Wide enough for every topology that is generated; `project.network.vpc` replaces it. */
const ADDRESS_POOL = '10.32.0.0/12';
const SERVICE_RANGE = '172.20.0.0/16';
const LARGEST = 16;
/** Pods are seen outside by the address of their node, so no other network needs to know these. */
const POD_POOL = '10.240.0.0/12';
/** No cluster needs more: a /14 holds the pods of two thousand nodes. */
const LARGEST_PODS = 14;
/** Room for 4,096 Services: what is left is for clusters that come later. */
const LARGEST_SERVICES = 20;
/** Room for 256 Services. */
const SMALLEST_SERVICES = 24;

export type Ranges = Pick<Cluster, 'vpcCidr' | 'serviceCidr' | 'podCidr'>;
/** By cluster, what was written before: a network that stands cannot take other addresses. */
export type KnownRanges = ReadonlyMap<string, Ranges>;

/** Of these clusters, those of the one with a name. */
export function rangesOf(input: StarterInput, names: readonly string[]): (name: string) => Ranges {
  const known = input.ranges ?? new Map<string, Ranges>();
  const pool = input.project.network?.vpc ?? ADDRESS_POOL;
  const networks = keptApart(names, pool, LARGEST, name => known.get(name)?.vpcCidr);
  const services = serviceRanges(input, names, name => known.get(name)?.serviceCidr);
  const pods = podRanges(input, names, name => known.get(name)?.podCidr);
  return name => {
    const podCidr = pods.get(name);
    return {
      vpcCidr: networks.get(name) ?? ADDRESS_POOL,
      serviceCidr: services.get(name) ?? SERVICE_RANGE,
      ...(podCidr === undefined ? {} : { podCidr }),
    };
  };
}

type Kept = (name: string) => string | undefined;

/** A part of the pool for each: the one that it has, and otherwise the next that is free. Where no room is left, all anew. */
function keptApart(
  names: readonly string[],
  pool: string,
  largest: number,
  kept: Kept,
): ReadonlyMap<string, string> {
  const stays = new Map<string, string>();
  for (const name of names) {
    const range = kept(name);
    const fits = range !== undefined && liesWithin(range, pool);
    if (fits && ![...stays.values()].some(other => rangesMeet(other, range))) stays.set(name, range);
  }
  const others = names.filter(name => !stays.has(name));
  const free = freeParts(pool, names.length, largest, [...stays.values()]);
  if (free.length < others.length) return keptApart(names, pool, largest, () => undefined);
  return new Map([...stays, ...others.map((name, index) => [name, free[index] ?? pool] as const)]);
}

/** Cut as for so many, and smaller where what is taken leaves nothing of that size. */
function freeParts(
  pool: string,
  count: number,
  largest: number,
  taken: readonly string[],
): readonly string[] {
  for (let parts = count; parts <= count * MOST_CUTS; parts *= 2) {
    const free = splitRange(pool, parts, largest).filter(part => !taken.some(each => rangesMeet(each, part)));
    if (free.length >= count - taken.length) return free;
  }
  return [];
}
/** Smaller than that is no network for a cluster. */
const MOST_CUTS = 16;

/** Hosts of one's own always have some, clusters of Google where the project names a range for them; an overlay of others is the same in all. */
function podRanges(
  { stack, project }: StarterInput,
  names: readonly string[],
  kept: Kept,
): ReadonlyMap<string, string> {
  const own = pickOf(stack, 'control-plane') === 'self-managed';
  const given = own || answerOf(stack, 'cloud') === 'gcp' ? project.network?.pods : undefined;
  const pool = given ?? (own ? POD_POOL : null);
  return pool === null ? new Map() : keptApart(names, pool, own ? LARGEST : LARGEST_PODS, kept);
}

/** Those of GKE are part of its network, and networks of Google that have addresses in common are connected to nothing that both are connected to. */
function serviceRanges(
  { stack, project }: StarterInput,
  names: readonly string[],
  kept: Kept,
): ReadonlyMap<string, string> {
  const range = project.network?.services ?? SERVICE_RANGE;
  const same = new Map(names.map(name => [name, range]));
  if (answerOf(stack, 'cloud') !== 'gcp' || pickOf(stack, 'control-plane') === 'self-managed') return same;
  const apart = keptApart(names, range, LARGEST_SERVICES, kept);
  return [...apart.values()].some(each => Number(each.split('/')[1]) > SMALLEST_SERVICES) ? same : apart;
}
