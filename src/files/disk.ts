/** The few things we ask of a file system, synchronous since that is faster; tests pass one that fails. */
import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { systemCode } from './problem.ts';

export type Kind = 'absent' | 'file' | 'directory' | 'link' | 'other';

export interface Disk {
  /** Of the path itself; a link is not followed. */
  kindOf(path: string): Kind;
  /** Where a link leads. */
  kindBehind(path: string): Kind;
  modeOf(path: string): number;
  list(path: string): readonly string[];
  read(path: string): Buffer;
  /** Fails where something exists; `kept` is on the disk itself once this returns. */
  create(path: string, text: string, mode: number, durability: 'kept' | 'cached'): void;
  makeDirectory(path: string): void;
  /** Replaces a file that is there. */
  rename(from: string, to: string): void;
  /** A second name for a file, or a copy where the file system has no such thing; fails where something exists. */
  link(from: string, to: string): void;
  removeFile(path: string): void;
  removeEmptyDirectory(path: string): void;
  removeTree(path: string): void;
  /** Makes renames within the directory survive a power cut, where the system can. */
  keepDirectory(path: string): void;
}

export const realDisk: Disk = {
  kindOf: path => kind(() => lstatSync(path)),
  kindBehind: path => kind(() => statSync(path)),
  modeOf: path => lstatSync(path).mode & 0o777,
  list: path => readdirSync(path),
  read: path => readFileSync(path),
  create(path, text, mode, durability) {
    if (durability === 'cached') {
      // One call into Node, half the time of opening, writing and closing.
      writeFileSync(path, text, { encoding: 'utf8', flag: 'wx', mode });
      return;
    }
    const file = openSync(path, 'wx', mode);
    try {
      writeAll(file, Buffer.from(text));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  },
  makeDirectory: path => mkdirSync(path),
  rename: (from, to) => renameSync(from, to),
  link(from, to) {
    try {
      linkSync(from, to);
    } catch (error) {
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(systemCode(error) ?? ''))
        throw error;
      copyFileSync(from, to, constants.COPYFILE_EXCL);
    }
  },
  removeFile: path => unlinkSync(path),
  removeEmptyDirectory: path => rmdirSync(path),
  removeTree: path => rmSync(path, { recursive: true, force: true }),
  keepDirectory(path) {
    if (process.platform === 'win32') return;
    const directory = openSync(path, 'r');
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
  },
};

function kind(stat: () => { isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean }): Kind {
  try {
    const about = stat();
    if (about.isSymbolicLink()) return 'link';
    if (about.isDirectory()) return 'directory';
    return about.isFile() ? 'file' : 'other';
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return 'absent';
    throw error;
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}
