/** One run at a time writes into an existing directory. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Disk } from './disk.ts';
import { JOURNAL, STAGED, UNDO } from './journal.ts';
import { OWN_FOLDER } from './lock.ts';
import { type FileProblem, fileProblem, systemCode } from './problem.ts';
import { isRunning } from './process-alive.ts';

const CLAIM = `${OWN_FOLDER}/writing.json`;

/** Null once the directory is ours to write into; a claim left behind by a run that was killed is taken over. */
export function claimDirectory(disk: Disk, root: string, name: string): FileProblem | null {
  const folder = join(root, OWN_FOLDER);
  if (disk.kindOf(folder) === 'absent') disk.makeDirectory(folder);
  for (const name of movedAway(disk, root)) disk.removeFile(join(folder, name));
  if (tryClaim(disk, root)) return null;
  const text = readClaim(disk, root);
  if (text !== null && isLeftBehind(text)) {
    // Whoever moves it away first has it.
    const away = join(root, `${CLAIM}.${process.pid}`);
    disk.rename(join(root, CLAIM), away);
    const moved = disk.read(away).toString('utf8');
    disk.removeFile(away);
    if (moved === text && tryClaim(disk, root)) return null;
  }
  const help = `If none is running, delete ${join(name, CLAIM)}.`;
  return fileProblem('in-use', name, 'another Chartroom is writing into this directory', help);
}

/** Leaves no trace of ours where the folder holds nothing else. */
export function releaseDirectory(disk: Disk, root: string): void {
  disk.removeFile(join(root, CLAIM));
  const folder = join(root, OWN_FOLDER);
  if (disk.list(folder).length === 0) disk.removeEmptyDirectory(folder);
}

/** Whether a run began to write into this directory and did not end. Changes nothing. */
export function isUnfinished(disk: Disk, root: string): boolean {
  if (disk.kindOf(join(root, OWN_FOLDER)) !== 'directory') return false;
  if ([JOURNAL, UNDO, STAGED].some(path => disk.kindOf(join(root, path)) !== 'absent')) return true;
  const claim = readClaim(disk, root);
  return (claim !== null && isLeftBehind(claim)) || movedAway(disk, root).length > 0;
}

/** Claims that a run moved away and was killed before it deleted them. */
function movedAway(disk: Disk, root: string): readonly string[] {
  return disk.list(join(root, OWN_FOLDER)).filter(name => {
    const pid = /^writing\.json\.(\d+)$/.exec(name)?.[1];
    return pid !== undefined && !isRunning(Number(pid));
  });
}

function tryClaim(disk: Disk, root: string): boolean {
  try {
    const claim = JSON.stringify({ pid: process.pid, host: hostname() });
    disk.create(join(root, CLAIM), `${claim}\n`, 0o666, 'cached');
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function readClaim(disk: Disk, root: string): string | null {
  return disk.kindOf(join(root, CLAIM)) === 'file' ? disk.read(join(root, CLAIM)).toString('utf8') : null;
}

/** An unreadable claim is one that a run was killed over while it wrote it. */
function isLeftBehind(text: string): boolean {
  const [, pid, host] = /^\{"pid":(\d+),"host":("(?:[^"\\]|\\.)*")\}\n$/.exec(text) ?? [];
  if (pid === undefined || host === undefined) return true;
  return host === JSON.stringify(hostname()) && !isRunning(Number(pid));
}
