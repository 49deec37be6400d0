/** How much of a stack a directory holds: as asked for now, and otherwise as the lock file remembers it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCK_PATH, readLock } from '../files/lock.ts';
import type { Profile } from '../starter/profile.ts';

export interface ProfileOfRun {
  readonly profile: Profile;
  /** What a change of it means for the files that are there; null where nothing changes. */
  readonly note: string | null;
}

/** A lock file that cannot be read is complained about where the directory is. */
export function profileOfRun(asked: unknown, directory: string): ProfileOfRun {
  const stored = storedProfile(directory);
  const profile = isProfile(asked) ? asked : (stored ?? 'full');
  if (stored === null || stored === profile) return { profile, note: null };
  const what = profile === 'full' ? 'what was left out comes' : 'what a small platform can add later goes';
  return { profile, note: `The profile was ${stored} here and is ${profile} now: ${what}.` };
}

function storedProfile(directory: string): Profile | null {
  const path = join(directory, LOCK_PATH);
  if (!existsSync(path)) return null;
  const read = readLock(readFileSync(path, 'utf8'), path);
  return 'lock' in read && isProfile(read.lock.profile) ? read.lock.profile : null;
}

function isProfile(value: unknown): value is Profile {
  return value === 'full' || value === 'minimal';
}
