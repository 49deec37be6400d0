/** Writes into a directory that exists: everything is staged first, then a journal, then one rename per file. */
import { join } from 'node:path';
import { BASE_PATH } from './base.ts';
import { carryOut } from './carry-out.ts';
import { claimDirectory, releaseDirectory } from './claim.ts';
import type { Disk } from './disk.ts';
import { JOURNAL, type Journal, type JournalStep, STAGED, UNDO, writeJournal } from './journal.ts';
import { LOCK_PATH, OWN_FOLDER, sha256 } from './lock.ts';
import { ancestorsAndSelf } from './path-rules.ts';
import type { ReadyPlan } from './plan.ts';
import { fileProblem, systemCode } from './problem.ts';
import { takeBack } from './take-back.ts';
import type { WriteResult, WriteSteps } from './write.ts';
import { modeFor } from './write-new.ts';

export function* writeExisting(disk: Disk, plan: ReadyPlan): WriteSteps {
  const changes = plan.changes.filter(({ change }) => change !== 'unchanged' && change !== 'kept');
  if (changes.length === 0 && plan.lock === null && plan.base === null)
    return { status: 'written', files: [], removed: [], overtaken: [] };
  const { root, name } = plan;
  const busy = claimDirectory(disk, root, name);
  if (busy) return { status: 'failed', problem: busy };
  let committed = false;
  try {
    if (isChanged(disk, plan)) {
      const help = 'Run the command again.';
      return {
        status: 'failed',
        problem: fileProblem('changed-meanwhile', name, 'another run wrote here in the meantime', help),
      };
    }
    const journal = yield* stage(disk, plan);
    disk.create(join(root, `${OWN_FOLDER}/journal.tmp`), writeJournal(journal), 0o666, 'kept');
    disk.rename(join(root, `${OWN_FOLDER}/journal.tmp`), join(root, JOURNAL));
    committed = true;
    disk.keepDirectory(join(root, OWN_FOLDER));
    return finish(disk, root, journal);
  } finally {
    if (!committed) {
      disk.removeTree(join(root, STAGED));
      disk.removeTree(join(root, `${OWN_FOLDER}/journal.tmp`));
      releaseDirectory(disk, root);
    }
  }
}

/** All or nothing: what cannot be finished is taken back. */
export function finish(disk: Disk, root: string, journal: Journal): WriteResult {
  try {
    const result = carryOut(disk, root, journal);
    disk.removeFile(join(root, JOURNAL));
    clear(disk, root);
    return result;
  } catch (error) {
    if (systemCode(error) === null) throw error;
    // A rename needs no space, so this works on a full disk; from here on the next run takes back as well.
    if (disk.kindOf(join(root, JOURNAL)) === 'file') {
      disk.rename(join(root, JOURNAL), join(root, UNDO));
      undo(disk, root, journal);
    }
    throw error;
  }
}

export function undo(disk: Disk, root: string, journal: Journal): void {
  takeBack(disk, root, journal);
  disk.removeFile(join(root, UNDO));
  clear(disk, root);
}

/** What is left once no journal is: contents that nobody needs any more, and the claim. */
export function clear(disk: Disk, root: string): void {
  disk.removeTree(join(root, STAGED));
  releaseDirectory(disk, root);
}

function* stage(disk: Disk, plan: ReadyPlan): Generator<string, Journal, void> {
  const { root } = plan;
  const steps: JournalStep[] = [];
  disk.makeDirectory(join(root, STAGED));
  const put = (text: string, mode: number): void =>
    disk.create(join(root, STAGED, String(steps.length)), text, mode, 'kept');
  for (const change of plan.changes) {
    const { path } = change;
    if (change.change === 'create') {
      put(change.text, modeFor(change.text));
      steps.push({ change: 'create', path, after: sha256(change.text) });
    } else if (change.change === 'update' || change.change === 'merge') {
      put(change.text, disk.modeOf(join(root, path)));
      steps.push({ change: 'update', path, before: change.content, after: sha256(change.text) });
    } else if (change.change === 'remove') {
      steps.push({ change: 'remove', path, before: change.content });
    }
    if ('text' in change) yield path;
  }
  const own = [
    { path: BASE_PATH, text: plan.base },
    { path: LOCK_PATH, text: plan.lock?.text ?? null },
  ] as const;
  for (const { path, text } of own) {
    if (text === null) continue;
    put(text, 0o666);
    steps.push({ change: 'lock', path, after: sha256(text) });
  }
  const parents = new Set(steps.flatMap(({ path }) => ancestorsAndSelf(path).slice(0, -1)));
  return { steps, directories: [...parents].filter(path => disk.kindOf(join(root, path)) === 'absent') };
}

/** Another run may have come between our look at the directory and our claim. */
function isChanged(disk: Disk, { root, lock }: ReadyPlan): boolean {
  if (disk.kindOf(join(root, JOURNAL)) !== 'absent' || disk.kindOf(join(root, UNDO)) !== 'absent')
    return true;
  if (lock === null) return false;
  const path = join(root, LOCK_PATH);
  const now = disk.kindOf(path) === 'absent' ? null : sha256(disk.read(path));
  return now !== lock.before;
}
