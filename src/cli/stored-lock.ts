/** The lock file of a directory, for what a run has to know of the one before. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCK_PATH, type Lock, readLock } from '../files/lock.ts';

/** Null without one. One that cannot be read is complained about where the directory is. */
export function storedLock(directory: string): Lock | null {
  const path = join(directory, LOCK_PATH);
  if (!existsSync(path)) return null;
  const read = readLock(readFileSync(path, 'utf8'), path);
  return 'lock' in read ? read.lock : null;
}
