/** What writing a tree into a directory would change there. Pure: it decides, `write.ts` acts. */
import type { DirectoryState, Entry } from './directory-state.ts';
import { type LockHead, OWN_FOLDER, sha256, writeLock } from './lock.ts';
import { ancestorsAndSelf, checkPaths, folded } from './path-rules.ts';
import { type FileProblem, fileProblem } from './problem.ts';
import type { FileTree } from './tree.ts';

/** Paths in our own folder that only this room writes. */
const RESERVED = ['lock.json', 'journal.json', 'journal.tmp', 'undo.json', 'writing.json', 'staged'].map(
  name => `${OWN_FOLDER}/${name}`,
);

export type PlannedChange =
  | { readonly change: 'create'; readonly path: string; readonly text: string }
  /** `content` is the SHA-256 of what will be replaced or removed. */
  | { readonly change: 'update'; readonly path: string; readonly text: string; readonly content: string }
  | { readonly change: 'remove'; readonly path: string; readonly content: string }
  | { readonly change: 'unchanged'; readonly path: string }
  /** The user's: edited, removed, or there before us. Our text goes to `beside` where it is news. */
  | {
      readonly change: 'kept';
      readonly path: string;
      readonly because: 'edited' | 'removed' | 'not-ours';
      readonly beside: string | null;
    };

export interface ReadyPlan {
  readonly status: 'ready';
  readonly root: string;
  readonly name: string;
  /** `new`: the directory does not exist and appears at once; `existing`: file by file, with a journal. */
  readonly mode: 'new' | 'existing';
  /** By path. */
  readonly changes: readonly PlannedChange[];
  /** The lock file; null where it stays as it is. */
  readonly lock: { readonly text: string; readonly before: string | null } | null;
}
export type Plan =
  | ReadyPlan
  /** Something is in the directory that is not ours; with `existing: 'join'` it would be planned. */
  | { readonly status: 'occupied'; readonly problem: FileProblem }
  | { readonly status: 'refused'; readonly problems: readonly FileProblem[] };

export interface PlanOptions {
  readonly head: LockHead;
  /** Whether to write beside what is not ours. */
  readonly existing: 'refuse' | 'join';
  /** Paths of the lock file that this tree speaks for: what it no longer holds is removed. All by default. */
  readonly covers?: (path: string) => boolean;
}

export function planWrite(tree: FileTree, state: DirectoryState, options: PlanOptions): Plan {
  const problems = [...checkPaths(tree.keys()), ...reservedPaths(tree), ...inTheWay(tree, state)];
  if (problems.length > 0) return { status: 'refused', problems };
  if (state.unfinished) {
    const help = 'A command that writes into this directory finishes it or takes it back first.';
    const problem = fileProblem('unfinished', state.name, 'an earlier run was interrupted here', help);
    return { status: 'refused', problems: [problem] };
  }
  if (state.contains === 'something' && state.lock === null && options.existing === 'refuse') {
    const message = 'this directory is not empty and holds no .chartroom/lock.json';
    const help = 'Choose another directory, or use --into-existing: nothing that is there is overwritten.';
    return { status: 'occupied', problem: fileProblem('not-empty', state.name, message, help) };
  }
  const { changes, files, offered } = decide(tree, state, options.covers ?? (() => true));
  const text = writeLock({ ...options.head, files, offered });
  return {
    status: 'ready',
    root: state.root,
    name: state.name,
    mode: state.contains === 'absent' ? 'new' : 'existing',
    changes: changes.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    lock:
      text === state.lockText
        ? null
        : { text, before: state.lockText === null ? null : sha256(state.lockText) },
  };
}

function reservedPaths(tree: FileTree): readonly FileProblem[] {
  return [...tree.keys()]
    .filter(path => /^\.chartroom\//i.test(path))
    .filter(path => RESERVED.some(own => folded(path) === own || folded(path).startsWith(`${own}/`)))
    .map(path => fileProblem('bad-path', path, `${path} is kept by Chartroom itself`));
}

/** Directories, links and names that differ in case, where a file of the tree or a directory above it is to be. */
function inTheWay(tree: FileTree, state: DirectoryState): readonly FileProblem[] {
  if (state.contains === 'absent') return [];
  const problems = new Map<string, FileProblem>();
  for (const path of tree.keys()) {
    for (const part of ancestorsAndSelf(path)) {
      const slash = part.lastIndexOf('/');
      const name = part.slice(slash + 1);
      const twin = state.names
        .get(part.slice(0, Math.max(0, slash)))
        ?.find(other => other !== name && folded(other) === folded(name));
      const kind = state.entries.get(part)?.kind;
      if (twin !== undefined) {
        problems.set(
          part,
          fileProblem(
            'same-but-for-case',
            part,
            `${twin} is there and differs only in case`,
            'Rename it and run the command again.',
          ),
        );
      } else if (part === path && kind === 'directory') {
        problems.set(
          part,
          fileProblem(
            'is-directory',
            part,
            'a directory is where this file goes',
            'Move it away and run the command again.',
          ),
        );
      } else if (part !== path && kind === 'link') {
        problems.set(
          part,
          fileProblem(
            'link-in-path',
            part,
            'this is a link; nothing is written through links',
            'Replace it by a directory and run the command again.',
          ),
        );
      } else if (part !== path && kind !== undefined && kind !== 'directory') {
        problems.set(
          part,
          fileProblem(
            'not-a-directory',
            part,
            'a file is where this directory goes',
            'Move it away and run the command again.',
          ),
        );
      }
    }
  }
  return [...problems.values()];
}

interface Decision {
  readonly changes: readonly PlannedChange[];
  readonly files: ReadonlyMap<string, string>;
  readonly offered: ReadonlyMap<string, string>;
}

function decide(tree: FileTree, state: DirectoryState, covers: (path: string) => boolean): Decision {
  const changes: PlannedChange[] = [];
  const files = new Map<string, string>();
  const offered = new Map(
    [...(state.lock?.offered ?? [])].filter(([path, hash]) => isOurs(state.entries.get(path), hash)),
  );
  const locked = state.lock?.files ?? new Map<string, string>();

  for (const [path, text] of tree) {
    const entry = state.entries.get(path);
    const hash = sha256(text);
    const last = locked.get(path);
    files.set(path, hash);
    if (entry === undefined) {
      if (last === undefined) changes.push({ change: 'create', path, text });
      else {
        changes.push({ change: 'kept', path, because: 'removed', beside: null });
        files.set(path, last);
      }
    } else if (isOurs(entry, hash)) {
      changes.push({ change: 'unchanged', path });
    } else if (last !== undefined && entry.kind === 'file' && isOurs(entry, last)) {
      changes.push({ change: 'update', path, text, content: entry.content });
    } else {
      const because = last === undefined ? 'not-ours' : 'edited';
      // What we generate is what we generated last time: the user has seen it already.
      const offer = last === hash ? null : offerFor(path, text, tree, state, offered);
      changes.push({ change: 'kept', path, because, beside: offer?.path ?? null });
      if (offer) {
        changes.push(offer);
        offered.set(offer.path, hash);
      }
    }
  }
  for (const [path, hash] of locked) {
    if (tree.has(path)) continue;
    const entry = state.entries.get(path);
    if (!covers(path)) files.set(path, hash);
    else if (entry?.kind === 'file' && isOurs(entry, hash))
      changes.push({ change: 'remove', path, content: entry.content });
    else if (entry !== undefined) changes.push({ change: 'kept', path, because: 'edited', beside: null });
  }
  return { changes, files, offered };
}

function isOurs(entry: Entry | undefined, hash: string): boolean {
  return entry?.kind === 'file' && entry.hashes.includes(hash);
}

/** `path.new`, or the next name that is free; an offer of ours that nobody touched is replaced. */
function offerFor(
  path: string,
  text: string,
  tree: FileTree,
  state: DirectoryState,
  offered: ReadonlyMap<string, string>,
): Extract<PlannedChange, { change: 'create' | 'update' | 'unchanged' }> {
  for (let count = 1; ; count++) {
    const beside = count === 1 ? `${path}.new` : `${path}.new.${count}`;
    if (tree.has(beside)) continue;
    const entry = state.entries.get(beside);
    if (entry === undefined) return { change: 'create', path: beside, text };
    if (isOurs(entry, sha256(text))) return { change: 'unchanged', path: beside };
    const last = offered.get(beside);
    if (last !== undefined && entry.kind === 'file' && isOurs(entry, last)) {
      return { change: 'update', path: beside, text, content: entry.content };
    }
  }
}
