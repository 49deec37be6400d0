/** How much of a stack a directory holds: as asked for now, and otherwise as the lock file remembers it. */
import type { Lock } from '../files/lock.ts';
import type { Profile } from '../starter/profile.ts';

export interface ProfileOfRun {
  readonly profile: Profile;
  /** What a change of it means for the files that are there; null where nothing changes. */
  readonly note: string | null;
}

export function profileOfRun(asked: unknown, lock: Lock | null): ProfileOfRun {
  const stored = isProfile(lock?.profile) ? lock.profile : null;
  const profile = isProfile(asked) ? asked : (stored ?? 'full');
  if (stored === null || stored === profile) return { profile, note: null };
  const what = profile === 'full' ? 'what was left out comes' : 'what a small platform can add later goes';
  return { profile, note: `The profile was ${stored} here and is ${profile} now: ${what}.` };
}

function isProfile(value: unknown): value is Profile {
  return value === 'full' || value === 'minimal';
}
