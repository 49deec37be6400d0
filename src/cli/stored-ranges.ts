/** The addresses of clusters that a directory was written with, as its lock file remembers them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCK_PATH, type LockData, readLock } from '../files/lock.ts';
import type { KnownRanges } from '../starter/topology/ranges.ts';

const RANGE = /^(?:\d{1,3}\.){3}\d{1,3}\/(?:[12]?\d|3[0-2])$/;

/** A lock file that cannot be read is complained about where the directory is. */
export function storedRanges(directory: string): KnownRanges {
  const path = join(directory, LOCK_PATH);
  if (!existsSync(path)) return new Map();
  const read = readLock(readFileSync(path, 'utf8'), path);
  const known = 'lock' in read ? Object.entries(read.lock.ranges ?? {}) : [];
  return new Map(
    known.flatMap(([name, value]) => {
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
