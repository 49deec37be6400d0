/** What can go wrong with files on a disk, as values: the same data as a diagnostic of the content room. */

export interface FileProblem {
  /** Stable kebab-case code, for instance `disk-full`. */
  readonly code: string;
  /** The path as the user knows it. */
  readonly file: string;
  /** 0 where the whole file is meant. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly help: string;
}

export function fileProblem(code: string, file: string, message: string, help = ''): FileProblem {
  return { code, file, line: 0, column: 0, message, help };
}

const SYSTEM: Readonly<Record<string, readonly [code: string, message: string, help: string]>> = {
  EACCES: [
    'not-writable',
    'you may not write here',
    'Choose another directory, or ask for the right to write.',
  ],
  EPERM: ['not-writable', 'the system does not allow to write here', 'Choose another directory.'],
  EROFS: ['not-writable', 'this file system is read-only', 'Choose another directory.'],
  ENOSPC: ['disk-full', 'the disk is full', 'Make room and run the command again.'],
  EDQUOT: ['disk-full', 'your share of the disk is used up', 'Make room and run the command again.'],
  ENOTDIR: ['not-a-directory', 'a part of this path is a file, not a directory', 'Choose another directory.'],
  EISDIR: ['is-directory', 'this is a directory, not a file', ''],
  ENOENT: ['not-found', 'this is no longer there', 'Run the command again.'],
  ENAMETOOLONG: ['path-too-long', 'this path is too long for the file system', 'Choose a shorter directory.'],
  ELOOP: ['link-loop', 'links in this path lead in a circle', 'Choose another directory.'],
  EMFILE: [
    'too-many-open-files',
    'no more files can be opened',
    'Close other programs or raise the limit (ulimit -n).',
  ],
  ENFILE: [
    'too-many-open-files',
    'the system cannot open more files',
    'Close other programs and run the command again.',
  ],
  EBUSY: ['in-use', 'another program uses this', 'Close it and run the command again.'],
  ETXTBSY: ['in-use', 'another program uses this', 'Close it and run the command again.'],
  EXDEV: [
    'other-disk',
    'this lies on another disk than the directory around it',
    'Choose a directory on one disk.',
  ],
  EIO: ['disk-failed', 'the disk reports an error', ''],
  ENOTEMPTY: ['changed-meanwhile', 'something was put there in the meantime', 'Run the command again.'],
  EEXIST: ['changed-meanwhile', 'something was put there in the meantime', 'Run the command again.'],
};

/** What an error of the file system means for the user; anything else is our fault and is thrown on. */
export function systemProblem(error: unknown, file: string): FileProblem {
  const code = systemCode(error);
  const known = code === null ? undefined : SYSTEM[code];
  if (known !== undefined) return fileProblem(known[0], file, known[1], known[2]);
  if (code === null || !/^E[A-Z0-9]+$/.test(code)) throw error;
  return fileProblem('disk-failed', file, `the system reports ${code}`);
}

/** `ENOENT` and the like; null for anything that is no error of the system. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
