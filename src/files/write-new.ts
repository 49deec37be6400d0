/** Writes a directory that does not exist yet: under another name beside its place, then one rename. */
import { hostname } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { BASE_PATH } from './base.ts';
import type { Disk } from './disk.ts';
import { LOCK_PATH, sha256 } from './lock.ts';
import { ancestorsAndSelf } from './path-rules.ts';
import type { ReadyPlan } from './plan.ts';
import { fileProblem } from './problem.ts';
import { isRunning } from './process-alive.ts';
import { nearestExisting } from './read-directory.ts';
import type { WriteSteps } from './write.ts';

export function* writeNew(disk: Disk, plan: ReadyPlan): WriteSteps {
  const parent = nearestExisting(dirname(plan.root), disk);
  // Directories above that do not exist either are part of what appears at once.
  const [first = '', ...rest] = relative(parent, plan.root).split(sep);
  removeLeftovers(disk, parent, first);
  const temporary = freeName(disk, parent, first);
  let appeared = false;
  try {
    const files: string[] = [];
    const root = join(temporary, ...rest);
    const made = new Set<string>();
    for (const folder of [
      temporary,
      ...ancestorsAndSelf(rest.join('/')).map(path => join(temporary, path)),
    ]) {
      makeOnce(disk, folder, made);
    }
    for (const change of plan.changes) {
      if (change.change !== 'create') continue;
      write(disk, root, change.path, change.text, made);
      files.push(change.path);
      yield change.path;
    }
    if (plan.base !== null) write(disk, root, BASE_PATH, plan.base, made);
    if (plan.lock) write(disk, root, LOCK_PATH, plan.lock.text, made);
    if (disk.kindOf(join(parent, first)) !== 'absent') {
      const help = 'Run the command again.';
      return {
        status: 'failed',
        problem: fileProblem('changed-meanwhile', plan.name, 'this was made in the meantime', help),
      };
    }
    disk.rename(temporary, join(parent, first));
    appeared = true;
    return { status: 'written', files, removed: [], overtaken: [] };
  } finally {
    if (!appeared) disk.removeTree(temporary);
  }
}

/** Scripts may be run. */
export function modeFor(text: string): number {
  return text.startsWith('#!') ? 0o777 : 0o666;
}

function write(disk: Disk, root: string, path: string, text: string, made: Set<string>): void {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  if (folder !== '' && !made.has(below(root, folder))) {
    for (const each of ancestorsAndSelf(folder)) makeOnce(disk, below(root, each), made);
  }
  disk.create(below(root, path), text, modeFor(text), 'cached');
}

/** As `join` gives it, for paths of a tree: those are normal already, which takes longer to find out than to write one. */
function below(root: string, path: string): string {
  return root + sep + (sep === '/' ? path : path.replaceAll('/', sep));
}

function makeOnce(disk: Disk, folder: string, made: Set<string>): void {
  if (made.has(folder)) return;
  disk.makeDirectory(folder);
  made.add(folder);
}

/** `.platform.chartroom-1a2b3c-4711`: whose it is can be told when it was left behind by a run that was killed. */
function freeName(disk: Disk, parent: string, first: string): string {
  for (let count = 0; ; count++) {
    const path = join(parent, `${prefix(first)}${process.pid}${count === 0 ? '' : `-${count}`}`);
    if (disk.kindOf(path) === 'absent') return path;
  }
}

function removeLeftovers(disk: Disk, parent: string, first: string): void {
  for (const name of disk.list(parent)) {
    if (!name.startsWith(prefix(first))) continue;
    const pid = /^(\d+)(?:-\d+)?$/.exec(name.slice(prefix(first).length))?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) disk.removeTree(join(parent, name));
  }
}

function prefix(first: string): string {
  const host = sha256(hostname()).slice(0, 6);
  return `.${first.slice(0, 100)}.chartroom-${host}-`;
}
