/** What writing a tree into a directory would change there. Pure: it decides, `write.ts` acts. */
import { BASE_PATH, writeBase } from './base.ts';
import type { DirectoryState } from './directory-state.ts';
import { inTheWay } from './in-the-way.ts';
import { type LockHead, OWN_FOLDER, sha256, writeLock } from './lock.ts';
import { checkPaths, folded } from './path-rules.ts';
import { planChanges } from './plan-changes.ts';
import type { PlannedChange } from './planned-change.ts';
import { type FileProblem, fileProblem } from './problem.ts';
import type { FileTree } from './tree.ts';

/** Paths in our own folder that only this room writes. */
const RESERVED = [
  BASE_PATH,
  ...['lock.json', 'journal.json', 'journal.tmp', 'undo.json', 'writing.json', 'staged'].map(
    name => `${OWN_FOLDER}/${name}`,
  ),
];

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
  /** The texts that the next run merges with; null where they stay as they are. */
  readonly base: string | null;
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
  /** What becomes of a file that the user edited when ours changed: `beside`, the default, keeps the two apart. */
  readonly edited?: 'merge' | 'beside';
  /** Files for programs: lines of ours and of the user's together would be neither's. None by default. */
  readonly isData?: (path: string) => boolean;
  /** Where our text was made from what is there, the user's edits among it: its SHA-256 by path. */
  readonly known?: ReadonlyMap<string, string>;
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
  const { covers = () => true, edited = 'beside', isData = () => false, known = new Map() } = options;
  const planned = planChanges(tree, state, { covers, edited, isData, known });
  const { changes, base, ...listed } = planned;
  const text = writeLock({ ...options.head, ...listed });
  const baseText = writeBase(base);
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
    base: baseText === state.baseText ? null : baseText,
  };
}

function reservedPaths(tree: FileTree): readonly FileProblem[] {
  return [...tree.keys()]
    .filter(path => /^\.chartroom(?:\/|$)/i.test(path))
    .filter(
      path =>
        folded(path) === OWN_FOLDER ||
        RESERVED.some(own => folded(path) === own || folded(path).startsWith(`${own}/`)),
    )
    .map(path => fileProblem('bad-path', path, `${path} is kept by Chartroom itself`));
}
