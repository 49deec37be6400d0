/** File by file: what our text, the text generated last and what is there now come to. */
import type { Base } from './base.ts';
import type { DirectoryState, Entry } from './directory-state.ts';
import { sha256 } from './lock.ts';
import { hasConflictMarkers, mergeTexts } from './merge.ts';
import type { KeptBecause, PlannedChange } from './planned-change.ts';
import type { FileTree } from './tree.ts';

export interface ChangeOptions {
  /** Paths of the lock file that this tree speaks for: what it no longer holds is removed. */
  readonly covers: (path: string) => boolean;
  readonly edited: 'merge' | 'beside';
  readonly isData: (path: string) => boolean;
  readonly known: ReadonlyMap<string, string>;
}
export interface Changes {
  readonly changes: readonly PlannedChange[];
  /** For the lock file: the text generated last of every file that is ours, by hash. */
  readonly files: ReadonlyMap<string, string>;
  readonly offered: ReadonlyMap<string, string>;
  readonly theirs: ReadonlySet<string>;
  /** The same texts, as far as they are known and may be merged. */
  readonly base: Base;
}
type FileEntry = Extract<Entry, { kind: 'file' }>;

export function planChanges(tree: FileTree, state: DirectoryState, options: ChangeOptions): Changes {
  const changes: PlannedChange[] = [];
  const files = new Map<string, string>();
  const offered = new Map(
    [...(state.lock?.offered ?? [])].filter(([path, hash]) => isOurs(state.entries.get(path), hash)),
  );
  const locked = state.lock?.files ?? new Map<string, string>();
  const theirs = new Set<string>();
  const hashes = new Map<string, string>();
  const offer = (path: string, because: KeptBecause, text: string | null): void => {
    const beside = text === null ? null : offerFor(path, text, tree, state, offered);
    changes.push({ change: 'kept', path, because, beside: beside?.path ?? null });
    if (beside === null || text === null) return;
    changes.push(beside);
    offered.set(beside.path, sha256(text));
  };

  for (const [path, text] of tree) {
    const entry = state.entries.get(path);
    const hash = sha256(text);
    hashes.set(path, hash);
    const last = locked.get(path);
    // What was made from the user's text is no text of ours: that stays the one to compare and merge with.
    const isMadeFromTheirs = entry?.kind === 'file' && options.known.get(path) === entry.content;
    files.set(path, isMadeFromTheirs ? (last ?? hash) : hash);
    if (entry === undefined) {
      if (last === undefined) changes.push({ change: 'create', path, text });
      else {
        changes.push({ change: 'kept', path, because: 'removed', beside: null });
        files.set(path, last);
      }
    } else if (isOurs(entry, hash)) {
      changes.push({ change: 'unchanged', path });
    } else if (entry.kind === 'file' && mayReplace(path, entry, last, options)) {
      changes.push({ change: 'update', path, text, content: entry.content, before: entry.text });
    } else if (last === undefined || state.lock?.theirs.has(path)) {
      theirs.add(path);
      offer(path, 'not-ours', last === hash ? null : text);
    } else if (last === hash) {
      // What we generate is what we generated last time: the user has seen it already.
      offer(path, isUnmerged(entry) ? 'unmerged' : 'edited', null);
    } else {
      const merged = merge(path, text, entry, state.base.get(path), last, options);
      if (typeof merged === 'string') offer(path, merged, text);
      else changes.push(merged);
    }
  }
  for (const [path, hash] of locked) {
    if (tree.has(path)) continue;
    const entry = state.entries.get(path);
    const isCovered = options.covers(path);
    if (isCovered && entry?.kind === 'file' && isOurs(entry, hash)) {
      changes.push({ change: 'remove', path, content: entry.content });
      continue;
    }
    // What the user edited or removed is remembered, in case it is generated again one day.
    files.set(path, hash);
    if (state.lock?.theirs.has(path)) theirs.add(path);
    if (isCovered && entry !== undefined)
      changes.push({ change: 'kept', path, because: 'no-longer-generated', beside: null });
  }
  const mergeable = [...files].filter(([path]) => !options.isData(path) && !theirs.has(path));
  return { changes, files, offered, theirs, base: baseOf(mergeable, tree, hashes, state.base) };
}

function isOurs(entry: Entry | undefined, hash: string): boolean {
  return entry?.kind === 'file' && entry.hashes.includes(hash);
}

/** What is there is what we generated last, or what our text was made from. */
function mayReplace(
  path: string,
  entry: FileEntry,
  last: string | undefined,
  { known }: ChangeOptions,
): boolean {
  return (last !== undefined && isOurs(entry, last)) || known.get(path) === entry.content;
}

function isUnmerged(entry: Entry): boolean {
  return entry.kind === 'file' && entry.text !== null && hasConflictMarkers(entry.text);
}

/** The change, or why the two cannot be brought together. */
function merge(
  path: string,
  ours: string,
  entry: Entry,
  base: string | undefined,
  last: string,
  { edited, isData }: ChangeOptions,
): Extract<PlannedChange, { change: 'merge' | 'unchanged' }> | KeptBecause {
  if (entry.kind !== 'file' || edited === 'beside' || isData(path)) return 'edited';
  if (entry.text === null) return 'not-text';
  if (hasConflictMarkers(entry.text)) return 'unmerged';
  if (base === undefined || sha256(base) !== last) return 'no-base';
  const merged = mergeTexts(base, entry.text, ours);
  if (merged === null) return 'not-text';
  if (merged.text === entry.text) return { change: 'unchanged', path };
  const { text, conflicts } = merged;
  return { change: 'merge', path, text, content: entry.content, before: entry.text, conflicts };
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
      return { change: 'update', path: beside, text, content: entry.content, before: entry.text };
    }
  }
}

/** The text that was generated last is ours of now or the one kept before, whichever has its hash. */
function baseOf(
  files: Iterable<readonly [string, string]>,
  tree: FileTree,
  hashes: ReadonlyMap<string, string>,
  before: Base,
): Base {
  const base = new Map<string, string>();
  for (const [path, hash] of files) {
    const text = hashes.get(path) === hash ? tree.get(path) : before.get(path);
    if (text !== undefined && (hashes.get(path) === hash || sha256(text) === hash)) base.set(path, text);
  }
  return base;
}
