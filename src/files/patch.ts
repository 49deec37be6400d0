/** Replaces the text of files that are there, ours and the user's alike: the lock file learns of those that are ours. */
import { writeBase } from './base.ts';
import type { DirectoryState } from './directory-state.ts';
import { sha256, writeLock } from './lock.ts';
import type { Plan } from './plan.ts';
import { type FileProblem, fileProblem } from './problem.ts';

export interface Patch {
  readonly path: string;
  /** What the new text was made from. */
  readonly before: Buffer;
  readonly text: string;
}

export function planPatches(patches: readonly Patch[], state: DirectoryState): Plan {
  const problems = [
    ...(state.unfinished ? [unfinished(state)] : []),
    ...patches.flatMap(({ path }) => (state.entries.get(path)?.kind === 'file' ? [] : [notAFile(path)])),
  ];
  if (problems.length > 0) return { status: 'refused', problems };
  const changed = patches.filter(({ before, text }) => !before.equals(Buffer.from(text)));
  const { lock, lockText } = state;
  const files = new Map(lock?.files);
  const base = new Map(state.base);
  for (const { path, text } of changed) {
    const entry = state.entries.get(path);
    const last = files.get(path);
    // A file that the user edited stays edited: its hash remains that of the text we generated.
    if (last !== undefined && entry?.kind === 'file' && entry.hashes.includes(last)) {
      const unix = text.replaceAll('\r\n', '\n');
      files.set(path, sha256(unix));
      if (base.has(path)) base.set(path, unix);
    }
  }
  const lockNow = lock === null ? null : writeLock({ ...lock, files });
  return {
    status: 'ready',
    root: state.root,
    name: state.name,
    mode: 'existing',
    changes: changed
      .map(({ path, before, text }) => {
        const content = sha256(before);
        return { change: 'update' as const, path, text, content, before: before.toString('utf8') };
      })
      .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    lock:
      lockNow === null || lockText === null || lockNow === lockText
        ? null
        : { text: lockNow, before: sha256(lockText) },
    base: state.baseText === null || writeBase(base) === state.baseText ? null : writeBase(base),
  };
}

function unfinished(state: DirectoryState): FileProblem {
  const help = 'A command that writes into this directory finishes it or takes it back first.';
  return fileProblem('unfinished', state.name, 'an earlier run was interrupted here', help);
}

function notAFile(path: string): FileProblem {
  return fileProblem('not-a-file', path, 'this is no file that can be changed', 'Links are not followed.');
}
