/** A directory of its own for each test, and a disk that fails when told to. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Disk, realDisk } from '../../src/files/disk.ts';

/** In memory where there is such a place: these tests write thousands of files. */
const PARENT = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export function scratch(): string {
  const path = mkdtempSync(join(PARENT, 'chartroom-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Every file below a directory, by relative path. */
export function contents(root: string): Record<string, string> {
  if (!existsSync(root)) return {};
  const found = filesBelow(root).map(
    path => [path.slice(root.length + 1), readFileSync(path, 'utf8')] as const,
  );
  return Object.fromEntries(found.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Node 22 and later follow links when they read recursively; a link is no directory of ours. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

export function put(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const CHANGES = [
  'create', 'makeDirectory', 'rename', 'link', 'removeFile', 'removeEmptyDirectory', 'removeTree', 'keepDirectory',
] as const; // biome-ignore format: a list

export interface Faults {
  readonly disk: Disk;
  /** How many changes were asked for. */
  count(): number;
}

/** `fails`: that one change fails with the error of the system. `dies`: that one and everything after it, as in a crash. */
export function faulty(at: number, how: 'fails' | 'dies', code = 'ENOSPC'): Faults {
  let count = 0;
  const disk = { ...realDisk };
  for (const name of CHANGES) {
    const real = realDisk[name] as (...all: unknown[]) => void;
    const change = (...all: unknown[]): void => {
      count++;
      if (count === at || (how === 'dies' && count > at)) {
        // A file may be there in half when the disk is full or the power goes.
        if (name === 'create' && count === at)
          writeFileSync(String(all[0]), String(all[1]).slice(0, 3), { flag: 'wx' });
        throw Object.assign(new Error(`${code}: made up`), { code, syscall: name, path: String(all[0]) });
      }
      real(...all);
    };
    Object.assign(disk, { [name]: change });
  }
  return { disk, count: () => count };
}
