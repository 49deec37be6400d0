/** Looks at an output directory without changing anything. */
import { isUtf8 } from 'node:buffer';
import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { BASE_PATH, type Base, readBase } from './base.ts';
import { isUnfinished } from './claim.ts';
import type { DirectoryState, Entry } from './directory-state.ts';
import { type Disk, type Kind, realDisk } from './disk.ts';
import { LOCK_PATH, type Lock, OWN_FOLDER, readLock, sha256 } from './lock.ts';
import { ancestorsAndSelf } from './path-rules.ts';
import { type FileProblem, fileProblem, systemProblem } from './problem.ts';

/** Beyond this a file is no longer compared or merged line by line. */
const LARGEST_TEXT = 1024 * 1024;

export type DirectoryReading =
  | { readonly state: DirectoryState }
  | { readonly problems: readonly FileProblem[] };

/** `paths` are those of the tree that is to be written. */
export function readDirectory(
  name: string,
  paths: Iterable<string>,
  disk: Disk = realDisk,
): DirectoryReading {
  try {
    const root = resolveRoot(name, disk);
    if (typeof root !== 'string') return { problems: [root] };
    if (disk.kindOf(root) === 'absent') return { state: absent(root, name) };
    const contains = disk.list(root).length === 0 ? 'nothing' : 'something';
    const read = readLockFile(root, name, disk);
    if ('problem' in read) return { problems: [read.problem] };
    const { lock, lockText } = read;
    const base = readBaseFile(root, disk);
    const wanted = new Set([...paths, ...(lock?.files.keys() ?? []), ...(lock?.offered.keys() ?? [])]);
    const unfinished = isUnfinished(disk, root);
    const seen = look(root, wanted, disk);
    return { state: { root, name, contains, unfinished, lock, lockText, ...base, ...seen } };
  } catch (error) {
    return { problems: [systemProblem(error, name)] };
  }
}

/** The directory itself may be reached through links; what is below it may not. */
export function resolveRoot(name: string, disk: Disk): string | FileProblem {
  if (name === '' || name.includes('\0')) return fileProblem('bad-path', name, 'this is no path');
  const asked = resolve(name);
  const kind = disk.kindOf(asked);
  const behind = kind === 'link' ? disk.kindBehind(asked) : kind;
  if (kind === 'link' && behind === 'absent')
    return fileProblem('dead-link', name, 'this link leads nowhere');
  if (behind === 'file' || behind === 'other') return notADirectory(name);
  if (behind === 'directory') return realpathSync(asked);
  const existing = nearestExisting(asked, disk);
  if (disk.kindBehind(existing) !== 'directory') return notADirectory(name);
  return join(realpathSync(existing), asked.slice(existing.length));
}

/** The closest directory above that exists. */
export function nearestExisting(path: string, disk: Disk): string {
  let current = path;
  while (disk.kindOf(current) === 'absent' && dirname(current) !== current) current = dirname(current);
  return current;
}

function notADirectory(name: string): FileProblem {
  return fileProblem('not-a-directory', name, 'this is a file, not a directory', 'Choose another directory.');
}

function absent(root: string, name: string): DirectoryState {
  return {
    root,
    name,
    contains: 'absent',
    unfinished: false,
    lock: null,
    lockText: null,
    base: new Map(),
    baseText: null,
    entries: new Map(),
    names: new Map(),
  };
}

type LockReading =
  | { readonly lock: Lock | null; readonly lockText: string | null }
  | { readonly problem: FileProblem };

function readLockFile(root: string, name: string, disk: Disk): LockReading {
  const kinds = [OWN_FOLDER, LOCK_PATH, BASE_PATH].map(path => disk.kindOf(join(root, path)));
  const wrong = ownFolderProblem(kinds, name);
  if (wrong) return { problem: wrong };
  if (kinds[1] === 'absent') return { lock: null, lockText: null };
  const lockText = disk.read(join(root, LOCK_PATH)).toString('utf8');
  const read = readLock(lockText, join(name, LOCK_PATH));
  return 'problem' in read ? read : { lock: read.lock, lockText };
}

function readBaseFile(root: string, disk: Disk): { readonly base: Base; readonly baseText: string | null } {
  if (disk.kindOf(join(root, BASE_PATH)) === 'absent') return { base: new Map(), baseText: null };
  const baseText = disk.read(join(root, BASE_PATH)).toString('utf8');
  return { base: readBase(baseText), baseText };
}

function ownFolderProblem(
  [folder = 'absent', lock = 'absent', base = 'absent']: readonly Kind[],
  name: string,
): FileProblem | null {
  const help = 'Move it away and run the command again.';
  if (folder !== 'absent' && folder !== 'directory') {
    return fileProblem('not-a-directory', join(name, OWN_FOLDER), 'this should be a directory of ours', help);
  }
  if (lock !== 'absent' && lock !== 'file') {
    return fileProblem('damaged-lock', join(name, LOCK_PATH), 'this should be a file of ours', help);
  }
  if (base !== 'absent' && base !== 'file') {
    return fileProblem('damaged-base', join(name, BASE_PATH), 'this should be a file of ours', help);
  }
  return null;
}

function look(root: string, wanted: Iterable<string>, disk: Disk): Pick<DirectoryState, 'entries' | 'names'> {
  const entries = new Map<string, Entry>();
  const names = new Map<string, readonly string[]>([['', disk.list(root)]]);
  const visit = (path: string): void => {
    if (entries.has(path)) return;
    const parent = dirname(path) === '.' ? '' : dirname(path);
    if (!names.get(parent)?.includes(basename(path))) return;
    const entry = entryOf(join(root, path), disk);
    if (entry === null) return;
    entries.set(path, entry);
    if (entry.kind === 'directory') names.set(path, disk.list(join(root, path)));
  };
  for (const path of wanted) {
    ancestorsAndSelf(path).forEach(visit);
    const folder = dirname(path) === '.' ? '' : dirname(path);
    for (const name of names.get(folder) ?? []) {
      if (name.startsWith(`${basename(path)}.new`)) visit(folder === '' ? name : `${folder}/${name}`);
    }
  }
  return { entries, names };
}

function entryOf(path: string, disk: Disk): Entry | null {
  const kind = disk.kindOf(path);
  if (kind === 'absent') return null;
  if (kind !== 'file') return { kind };
  const bytes = disk.read(path);
  const content = sha256(bytes);
  const unix = Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  const hashes = unix.length === bytes.length ? [content] : [content, sha256(unix)];
  const isText = bytes.length <= LARGEST_TEXT && isUtf8(bytes) && !bytes.includes(0);
  return { kind, content, hashes, text: isText ? bytes.toString('utf8') : null };
}
