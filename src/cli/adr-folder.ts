/** Finds the ADR folder that a directory belongs to, and the records in it. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { readRecordName } from '../adr/record-file-names.ts';
import { LOCK_PATH } from '../files/lock.ts';
import { pathProblem } from '../files/path-rules.ts';
import { type FileProblem, fileProblem, systemCode } from '../files/problem.ts';
import { storedLock } from './stored-lock.ts';

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
  'docs/architecture/adr',
  'docs/architecture-decisions',
  'adr',
  'adrs',
];

/** Null where no record is found in or below the usual places. */
export function findAdrFolder(directory: string): AdrFolder | null {
  const asked = resolve(directory);
  const ours = ourFolder(asked);
  if (ours !== null) return ours;
  const here = recordsIn(asked);
  const found = pointer(asked) === null && here.length > 0 ? '' : usualFolder(asked);
  const folder = typeof found === 'string' ? found : '';
  const records = recordsIn(join(asked, folder));
  return records.length > 0 ? { root: asked, folder, records } : null;
}

/** Where the repository in this directory keeps its records: as its tools say, else the first usual place that holds one. */
export function usualFolder(root: string): string | FileProblem | null {
  const named = pointer(root);
  if (named !== null) {
    if (pathProblem(named.folder) === null) return named.folder;
    const message = `it names ${named.folder}, which is no folder below it`;
    return fileProblem(
      'bad-path',
      named.file,
      message,
      'Name a folder of this repository in it and run the command again.',
    );
  }
  return USUAL.find(folder => recordsIn(join(root, folder)).length > 0) ?? null;
}

export function recordsIn(folder: string): AdrFolder['records'] {
  return entries(folder)
    .flatMap(name => {
      const number = readRecordName(name)?.number;
      return number === undefined ? [] : [{ number, path: name }];
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
  const data = [...(storedLock(root)?.files.keys() ?? [])].find(path =>
    /(?:^|\/)decisions\.json$/.test(path),
  );
  return data === undefined ? null : data.replace(/\/?decisions\.json$/, '');
}

/** What adr-tools and log4brains say about where the records are. */
function pointer(directory: string): { readonly file: string; readonly folder: string } | null {
  const adrTools = readIfFile(join(directory, '.adr-dir'))?.trim();
  const log4brains = /^\s+adrFolder:\s*["']?([^"'#\n]+)/m.exec(
    readIfFile(join(directory, '.log4brains.yml')) ?? '',
  )?.[1];
  const named = [
    { file: '.adr-dir', folder: adrTools },
    { file: '.log4brains.yml', folder: log4brains?.trim() },
  ];
  for (const { file, folder } of named) {
    if (folder) return { file, folder: folder.replace(/^(?:\.\/)+|\/+$/g, '') };
  }
  return null;
}

function readIfFile(path: string): string | null {
  return existsSync(path) && statSync(path).isFile() ? readFileSync(path, 'utf8') : null;
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
}
