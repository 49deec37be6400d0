/** Finishes or takes back what an interrupted run left in a directory. Every command that writes calls it first. */
import { join } from 'node:path';
import { claimDirectory, isUnfinished } from './claim.ts';
import { type Disk, realDisk } from './disk.ts';
import { JOURNAL, type Journal, readJournal, UNDO } from './journal.ts';
import { OWN_FOLDER } from './lock.ts';
import { type FileProblem, systemProblem } from './problem.ts';
import { resolveRoot } from './read-directory.ts';
import { clear, finish, undo } from './write-existing.ts';

export type Recovery =
  | { readonly status: 'nothing-to-do' }
  /** The interrupted run is complete now. */
  | { readonly status: 'finished' }
  /** The directory is as it was before the interrupted run. */
  | { readonly status: 'taken-back' }
  | { readonly status: 'failed'; readonly problem: FileProblem };

export function recoverDirectory(name: string, disk: Disk = realDisk): Recovery {
  try {
    const root = resolveRoot(name, disk);
    if (typeof root !== 'string') return { status: 'failed', problem: root };
    if (!isUnfinished(disk, root)) return { status: 'nothing-to-do' };
    const busy = claimDirectory(disk, root, name);
    if (busy) return { status: 'failed', problem: busy };
    return recoverClaimed(disk, root, name);
  } catch (error) {
    return { status: 'failed', problem: systemProblem(error, name) };
  }
}

function recoverClaimed(disk: Disk, root: string, name: string): Recovery {
  const undoing = disk.kindOf(join(root, UNDO)) === 'file';
  if (!undoing && disk.kindOf(join(root, JOURNAL)) !== 'file') {
    // Killed before the journal was there, or after it was done with: nothing of the user's was touched in between.
    disk.removeTree(join(root, `${OWN_FOLDER}/journal.tmp`));
    clear(disk, root);
    return { status: 'taken-back' };
  }
  const path = undoing ? UNDO : JOURNAL;
  const read = readJournal(disk.read(join(root, path)).toString('utf8'), join(name, path));
  if ('problem' in read) return { status: 'failed', problem: read.problem };
  return settle(disk, root, read.journal, undoing ? 'undo' : 'finish');
}

function settle(disk: Disk, root: string, journal: Journal, direction: 'finish' | 'undo'): Recovery {
  if (direction === 'undo') {
    undo(disk, root, journal);
    return { status: 'taken-back' };
  }
  finish(disk, root, journal);
  return { status: 'finished' };
}
