/** Does what a journal says. Can be repeated after a crash at any point: what is done already is left alone. */
import { join } from 'node:path';
import type { Disk } from './disk.ts';
import { type Journal, type JournalStep, STAGED } from './journal.ts';
import { OWN_FOLDER, sha256 } from './lock.ts';
import { ancestorsAndSelf } from './path-rules.ts';
import { systemCode } from './problem.ts';
import type { WriteResult } from './write.ts';

type Written = Extract<WriteResult, { status: 'written' }>;
/** What became of one step; `beside` is where our text went. */
type Done = 'done' | { readonly beside: string | null };
type Create = Extract<JournalStep, { change: 'create' }>;
type Update = Extract<JournalStep, { change: 'update' }>;

export function carryOut(disk: Disk, root: string, journal: Journal): Written {
  const files: string[] = [];
  const removed: string[] = [];
  const overtaken: { path: string; beside: string | null }[] = [];
  for (const [index, step] of journal.steps.entries()) {
    const staged = join(root, STAGED, String(index));
    const done = oneStep(disk, root, step, staged);
    if (done !== 'done') overtaken.push({ path: step.path, beside: done.beside });
    else if (step.change === 'remove') removed.push(step.path);
    else if (step.change !== 'lock') files.push(step.path);
  }
  for (const path of removed) removeEmptyParents(disk, root, path);
  const parents = new Set(journal.steps.map(({ path }) => ancestorsAndSelf(path).at(-2) ?? ''));
  for (const parent of parents) {
    if (disk.kindOf(join(root, parent)) === 'directory') disk.keepDirectory(join(root, parent));
  }
  return { status: 'written', files, removed, overtaken };
}

function oneStep(disk: Disk, root: string, step: JournalStep, staged: string): Done {
  const target = join(root, step.path);
  const aside = `${staged}.old`;
  if (step.change === 'remove') {
    return hasParents(disk, root, step.path)
      ? removeStep(disk, target, aside, step.before)
      : { beside: null };
  }
  if (disk.kindOf(staged) === 'absent') return 'done';
  makeParents(disk, root, step.path);
  switch (step.change) {
    case 'create':
      return createStep(disk, target, staged, step);
    case 'update':
      return updateStep(disk, target, staged, aside, step);
    case 'lock':
      if (disk.kindOf(target) === 'file' && disk.kindOf(aside) === 'absent') disk.link(target, aside);
      disk.rename(staged, target);
      return 'done';
  }
}

function createStep(disk: Disk, target: string, staged: string, { path, after }: Create): Done {
  // A link, unlike a rename, fails where something appeared since.
  const isThere = !linkWhereFree(disk, staged, target);
  if (isThere && hashOf(disk, target) !== after) return putBeside(disk, target, staged, path);
  disk.removeFile(staged);
  return 'done';
}

function updateStep(
  disk: Disk,
  target: string,
  staged: string,
  aside: string,
  { path, before, after }: Update,
): Done {
  if (disk.kindOf(target) === 'absent') {
    // Removed by the user since we looked: it stays removed.
    disk.removeFile(staged);
    return { beside: null };
  }
  if (disk.kindOf(aside) === 'file') disk.removeFile(aside);
  if (hashOf(disk, target) === before) {
    disk.link(target, aside);
    if (hashOf(disk, aside) === before) {
      disk.rename(staged, target);
      return 'done';
    }
    disk.removeFile(aside);
  }
  if (hashOf(disk, target) !== after) return putBeside(disk, target, staged, path);
  disk.removeFile(staged);
  return 'done';
}

function removeStep(disk: Disk, target: string, aside: string, before: string): Done {
  if (disk.kindOf(aside) === 'file' || disk.kindOf(target) === 'absent') return 'done';
  if (hashOf(disk, target) !== before) return { beside: null };
  disk.rename(target, aside);
  if (hashOf(disk, aside) === before) return 'done';
  linkWhereFree(disk, aside, target);
  return { beside: null };
}

/** The user's file stays; our text goes to the first free `NAME.new`. */
function putBeside(disk: Disk, target: string, staged: string, path: string): Done {
  for (let count = 1; ; count++) {
    const ending = count === 1 ? '.new' : `.new.${count}`;
    if (!linkWhereFree(disk, staged, target + ending)) continue;
    disk.removeFile(staged);
    return { beside: path + ending };
  }
}

function linkWhereFree(disk: Disk, from: string, to: string): boolean {
  try {
    disk.link(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Null for anything that is no file, a link included. */
export function hashOf(disk: Disk, path: string): string | null {
  return disk.kindOf(path) === 'file' ? sha256(disk.read(path)) : null;
}

function hasParents(disk: Disk, root: string, path: string): boolean {
  return ancestorsAndSelf(path)
    .slice(0, -1)
    .every(parent => disk.kindOf(join(root, parent)) === 'directory');
}

function makeParents(disk: Disk, root: string, path: string): void {
  for (const parent of ancestorsAndSelf(path).slice(0, -1)) {
    const kind = disk.kindOf(join(root, parent));
    // Anything else in its place, a link for instance, makes this fail: nothing is written through it.
    if (kind !== 'directory') disk.makeDirectory(join(root, parent));
  }
}

function removeEmptyParents(disk: Disk, root: string, path: string): void {
  for (const parent of ancestorsAndSelf(path).slice(0, -1).toReversed()) {
    const folder = join(root, parent);
    if (parent === OWN_FOLDER || disk.kindOf(folder) !== 'directory' || disk.list(folder).length > 0) return;
    disk.removeEmptyDirectory(folder);
  }
}
