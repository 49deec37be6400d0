/** The addresses of clusters that a directory was written with, as its lock file remembers them. */
import type { Lock, LockData } from '../files/lock.ts';
import type { KnownRanges } from '../starter/topology/ranges.ts';

const RANGE = /^(?:\d{1,3}\.){3}\d{1,3}\/(?:[12]?\d|3[0-2])$/;

export function storedRanges(lock: Lock | null): KnownRanges {
  return new Map(
    Object.entries(lock?.ranges ?? {}).flatMap(([name, value]) => {
      const {
        network: vpcCidr,
        services: serviceCidr,
        pods: podCidr,
      } = (value ?? {}) as Record<string, unknown>;
      if (!isRange(vpcCidr) || !isRange(serviceCidr)) return [];
      return [[name, { vpcCidr, serviceCidr, ...(isRange(podCidr) ? { podCidr } : {}) }] as const];
    }),
  );
}

/** For the lock file; nothing where there is no cluster. */
export function rangesToStore(ranges: KnownRanges): { readonly ranges?: LockData } {
  const written = [...ranges].map(([name, { vpcCidr, serviceCidr, podCidr }]) => [
    name,
    { network: vpcCidr, services: serviceCidr, pods: podCidr },
  ]);
  return written.length === 0 ? {} : { ranges: Object.fromEntries(written) };
}

function isRange(value: unknown): value is string {
  return typeof value === 'string' && RANGE.test(value);
}
