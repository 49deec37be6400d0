/** Finds the ADR folder that a directory belongs to, and the records in it. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { LOCK_PATH, readLock } from '../files/lock.ts';
import { systemCode } from '../files/problem.ts';

export interface AdrFolder {
  /** The directory that holds the lock file; where none does, the folder itself. */
  readonly root: string;
  /** From the root, with `/`; empty where the root is the folder. */
  readonly folder: string;
  readonly records: readonly { readonly number: number; readonly path: string }[];
}

/** Where teams keep records; the first that holds one is taken. */
const USUAL = [
  'docs/adr',
  'doc/adr',
  'docs/adrs',
  'docs/decisions',
  'docs/architecture/decisions',
  'doc/architecture/decisions',
  'adr',
];

/** Null where no record is found in or below the usual places. */
export function findAdrFolder(directory: string): AdrFolder | null {
  const asked = resolve(directory);
  const ours = ourFolder(asked);
  if (ours !== null) return ours;
  const named = pointer(asked);
  for (const folder of [...(named === null ? [] : [named]), '', ...USUAL]) {
    const root = folder === '' ? asked : join(asked, folder);
    const records = recordsIn(root);
    if (records.length > 0) return { root: asked, folder: folder.replace(/^\.?\/|\/$/g, ''), records };
  }
  return null;
}

export function recordsIn(folder: string): AdrFolder['records'] {
  return entries(folder)
    .flatMap(name => {
      const number = /^(\d{1,9})-.*\.md$/i.exec(name)?.[1];
      return number === undefined ? [] : [{ number: Number(number), path: name }];
    })
    .sort((a, b) => a.number - b.number || (a.path < b.path ? -1 : 1));
}

/** What our lock file says, in this directory or in one above it within the same repository. */
function ourFolder(asked: string): AdrFolder | null {
  for (let root = asked; ; root = dirname(root)) {
    if (existsSync(join(root, LOCK_PATH))) {
      const folder = lockedFolder(root);
      const inside = folder === null ? '' : relative(join(root, folder), asked);
      if (folder === null || (root !== asked && (inside === '..' || inside.startsWith(`..${sep}`)))) {
        // Asked for a directory beside the one that we wrote into.
        return root === asked || folder === null ? null : whole(root, folder);
      }
      return whole(root, folder);
    }
    if (existsSync(join(root, '.git')) || dirname(root) === root) return null;
  }
}

function whole(root: string, folder: string): AdrFolder {
  return { root, folder, records: recordsIn(join(root, folder)) };
}

function lockedFolder(root: string): string | null {
  const read = readLock(readFileSync(join(root, LOCK_PATH), 'utf8'), LOCK_PATH);
  if ('problem' in read) return null;
  const data = [...read.lock.files.keys()].find(path => /(?:^|\/)decisions\.json$/.test(path));
  return data === undefined ? null : data.replace(/\/?decisions\.json$/, '');
}

/** adr-tools' way to say where the records are. */
function pointer(directory: string): string | null {
  const path = join(directory, '.adr-dir');
  if (!existsSync(path) || !statSync(path).isFile()) return null;
  const folder = readFileSync(path, 'utf8').trim();
  return folder === '' || folder.startsWith('/') || folder.split('/').includes('..') ? null : folder;
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
}
