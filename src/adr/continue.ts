/**
 * Which record each decision has in a folder that may hold records already: numbers stay, a record that somebody signed
 * is never written again, and where its outcome changed the next number takes its place.
 */
import type { Catalogue, Id } from '../content/catalogue.ts';
import type { Stack } from '../engine/outcome.ts';
import type { FileTree } from '../files/tree.ts';
import { createLibrary } from './library.ts';
import { type AdrLink, adrId, PLATFORM_DEFAULTS, recordTitles, slug } from './number.ts';
import { changeOfOutcome, defaultsKey, isSameOutcome, type OutcomeKey, outcomeKey } from './outcome-key.ts';
import { patchStanding } from './patch-standing.ts';
import { type NameStyle, readRecordName, recordName } from './record-file-names.ts';
import type { RecordMemory, RememberedRecord } from './record-memory.ts';
import { isSameMatter } from './same-matter.ts';
import { isSigned, readDate, readStanding, readStatus, readTitle, type Standing } from './standing.ts';

/** What is in the ADR folder. */
export interface AdrHistory {
  /** From the output directory; empty where that is the folder itself. */
  readonly folder: string;
  readonly form: 'madr' | 'nygard';
  readonly style: NameStyle;
  /** Numbered records by file name; null where one is no text. */
  readonly files: ReadonlyMap<string, string | null>;
  /** Those that we wrote, by file name, also where they are gone. */
  readonly ours: ReadonlyMap<string, 'untouched' | 'edited'>;
  readonly remembered: RecordMemory['of'];
}

export interface PastRecord {
  readonly link: AdrLink;
  readonly standing: Standing;
}
export interface AdrSet {
  /** The record of each decision; a decision whose record the user removed has none. */
  readonly numbers: ReadonlyMap<Id, AdrLink>;
  /** Where the records of `numbers` stand, by file name. */
  readonly standings: ReadonlyMap<string, Standing>;
  /** Records of ours that stay as they are on disk, by file name; what was superseded says so. */
  readonly kept: FileTree;
  /** Records of others that stand for a decision, by file name: nothing is written for them. */
  readonly linked: ReadonlySet<string>;
  /** The record whose place a new one takes. */
  readonly predecessors: ReadonlyMap<Id, AdrLink>;
  /** Other records on the same matter. */
  readonly earlier: ReadonlyMap<Id, readonly AdrLink[]>;
  /** Records of ours that hold no longer. */
  readonly past: readonly PastRecord[];
  readonly memory: RecordMemory;
  /** What took whose place, and why: sentences for people. */
  readonly notes: readonly string[];
}

type Placed =
  | {
      readonly is: 'written';
      readonly link: AdrLink;
      readonly supersedes: string | null;
      readonly after: string | null;
    }
  | { readonly is: 'standing' | 'linked'; readonly link: AdrLink }
  | { readonly is: 'removed' };

export function continueRecords(stack: Stack, catalogue: Catalogue, history: AdrHistory): AdrSet {
  const outcomes = outcomesOf(stack);
  const next = nextNumber(history);
  const placed = new Map(
    [...recordTitles(stack, catalogue)].map(([id, title]) => {
      const outcome = outcomes.get(id) ?? defaultsKey(stack);
      return [id, place(title, outcome, history.remembered.get(id), history, next)] as const;
    }),
  );
  const linksOf = (kinds: readonly Placed['is'][]): ReadonlyMap<Id, AdrLink> =>
    new Map(
      [...placed].flatMap(([id, one]) =>
        one.is !== 'removed' && kinds.includes(one.is) ? [[id, one.link] as const] : [],
      ),
    );
  const numbers = linksOf(['written', 'standing', 'linked']);
  const kept = keptRecords(placed, history, stack.asOf);
  const current = new Set([...numbers.values()].map(link => link.path));
  return {
    numbers,
    standings: standingsOf(linksOf(['standing', 'linked']), kept, history),
    kept,
    linked: new Set([...linksOf(['linked']).values()].map(link => link.path)),
    predecessors: predecessorsOf(placed, history),
    earlier: earlierRecords(placed, catalogue, history),
    past: [...kept].flatMap(([path, text]) => (current.has(path) ? [] : pastRecord(path, text))),
    memory: { ...history, of: remember(placed, outcomes, stack, history) },
    notes: [...placed].flatMap(([id, one]) => note(id, one, outcomes, catalogue, history)),
  };
}

function outcomesOf(stack: Stack): ReadonlyMap<Id, OutcomeKey> {
  return new Map([
    ...stack.outcomes.flatMap(outcome =>
      outcome.status === 'decided' ? [[outcome.decision, outcomeKey(outcome)] as const] : [],
    ),
    [PLATFORM_DEFAULTS, defaultsKey(stack)],
  ]);
}

/** Numbers are never given twice, those of records that are gone included. */
function nextNumber({ files, remembered }: AdrHistory): () => number {
  const taken = [
    ...[...files.keys()].map(name => readRecordName(name)?.number ?? 0),
    ...[...remembered.values()].map(record => record.number),
  ];
  let last = Math.max(0, ...taken);
  return () => ++last;
}

function place(
  title: string,
  outcome: OutcomeKey,
  before: RememberedRecord | undefined,
  history: AdrHistory,
  next: () => number,
): Placed {
  const { files, ours, style } = history;
  const write = (number: number, path = recordName(style, number, slug(title))): Placed => ({
    is: 'written',
    link: { number, title, path },
    supersedes: before?.supersedes ?? null,
    after: null,
  });
  if (before === undefined) {
    const same = sameTitle(title, history);
    return same === null ? write(next()) : { is: 'linked', link: same };
  }
  if (before.removed) return { is: 'removed' };
  const text = files.get(before.path);
  if (text === undefined) {
    if (ours.has(before.path)) return { is: 'removed' };
    const isFree = [...files.keys()].every(name => readRecordName(name)?.number !== before.number);
    if (!isFree) return write(next());
    return before.supersedes === null ? write(before.number) : write(before.number, before.path);
  }
  const status = text === null ? null : readStatus(text);
  if (!isSigned(status)) {
    // A file that the user edited, or that another record names, keeps its name.
    const mayMove = ours.get(before.path) === 'untouched' && before.supersedes === null;
    return mayMove ? write(before.number) : write(before.number, before.path);
  }
  if (isSameOutcome(before.outcome, outcome))
    return { is: 'standing', link: linkOf(before.path, text ?? null) };
  const number = next();
  const path = recordName(style, number, slug(title));
  const supersedes = status === 'accepted' ? before.path : null;
  return { is: 'written', link: { number, title, path }, supersedes, after: before.path };
}

/** A record that is there already and decides the very same: its file or its heading is called like ours. */
function sameTitle(title: string, { files, ours }: AdrHistory): AdrLink | null {
  for (const [path, text] of files) {
    if (ours.has(path)) continue;
    const link = linkOf(path, text);
    if (readRecordName(path)?.slug === slug(title) || slug(link.title) === slug(title)) return link;
  }
  return null;
}

function linkOf(path: string, text: string | null): AdrLink {
  const name = readRecordName(path);
  const title = (text === null ? null : readTitle(text)) ?? (name?.slug ?? path).replaceAll('-', ' ');
  return { number: name?.number ?? 0, title, path };
}

/** Every signed record of ours, and proposed ones that a superseded record points to. */
function keptRecords(placed: ReadonlyMap<Id, Placed>, history: AdrHistory, asOf: string): FileTree {
  const written = [...placed.values()].filter(one => one.is === 'written');
  const writtenPaths = new Set(written.map(one => one.link.path));
  const successors = new Map(
    written.flatMap(one => (one.supersedes === null ? [] : [[one.supersedes, one.link]])),
  );
  const heirs = new Set(
    [...history.remembered.values()].flatMap(one => (one.supersedes === null ? [] : [one.path])),
  );
  const kept = new Map<string, string>();
  for (const [path, text] of history.files) {
    if (text === null || !history.ours.has(path) || writtenPaths.has(path)) continue;
    const status = readStatus(text);
    if (!isSigned(status) && !heirs.has(path)) continue;
    const successor = successors.get(path);
    const isTaken = successor !== undefined && status === 'accepted';
    kept.set(path, isTaken ? superseded(text, successor, asOf) : text);
  }
  return kept;
}

/** Status and links only: the day stays that of the decision. */
function superseded(text: string, successor: AdrLink, asOf: string): string {
  const standing = { status: 'superseded', date: readDate(text) ?? asOf, deciders: [], successor } as const;
  return patchStanding(text, standing) ?? text;
}

function standingsOf(
  links: ReadonlyMap<Id, AdrLink>,
  kept: FileTree,
  { files }: AdrHistory,
): ReadonlyMap<string, Standing> {
  return new Map(
    [...links.values()].flatMap(({ path }) => {
      const text = kept.get(path) ?? files.get(path) ?? null;
      const standing = text === null ? null : readStanding(text);
      return standing === null ? [] : [[path, standing] as const];
    }),
  );
}

function pastRecord(path: string, text: string): readonly PastRecord[] {
  const standing = readStanding(text);
  return standing === null ? [] : [{ link: linkOf(path, text), standing }];
}

function predecessorsOf(placed: ReadonlyMap<Id, Placed>, { files }: AdrHistory): ReadonlyMap<Id, AdrLink> {
  return new Map(
    [...placed].flatMap(([id, one]) =>
      one.is === 'written' && one.supersedes !== null && files.has(one.supersedes)
        ? [[id, linkOf(one.supersedes, files.get(one.supersedes) ?? null)] as const]
        : [],
    ),
  );
}

/** What others recorded on the same matter and still holds, and our own record that was signed but never accepted. */
function earlierRecords(
  placed: ReadonlyMap<Id, Placed>,
  catalogue: Catalogue,
  { files, ours }: AdrHistory,
): AdrSet['earlier'] {
  const theirs = [...files]
    .filter(([path, text]) => !ours.has(path) && !isOver(text === null ? null : readStatus(text)))
    .map(([path, text]) => linkOf(path, text));
  return new Map(
    [...placed].flatMap(([id, one]) => {
      if (one.is !== 'written') return [];
      const decision = catalogue.decisions.find(each => each.id === id);
      const own =
        one.after === null || one.supersedes !== null
          ? []
          : [linkOf(one.after, files.get(one.after) ?? null)];
      const others = decision === undefined ? [] : theirs.filter(link => isSameMatter(link.title, decision));
      return own.length + others.length === 0 ? [] : [[id, [...own, ...others]] as const];
    }),
  );
}

function isOver(status: string | null): boolean {
  return status !== null && ['superseded', 'rejected', 'deprecated'].includes(status);
}

function remember(
  placed: ReadonlyMap<Id, Placed>,
  outcomes: ReadonlyMap<Id, OutcomeKey>,
  stack: Stack,
  { files, ours, remembered }: AdrHistory,
): RecordMemory['of'] {
  const memory = new Map<Id, RememberedRecord>();
  for (const [id, before] of remembered) {
    const isRemoved = before.removed || (ours.has(before.path) && !files.has(before.path));
    memory.set(id, { ...before, removed: isRemoved });
  }
  for (const [id, one] of placed) {
    if (one.is !== 'written') continue;
    const outcome = outcomes.get(id) ?? defaultsKey(stack);
    const { number, path } = one.link;
    memory.set(id, { number, path, outcome, supersedes: one.supersedes, removed: false });
  }
  return memory;
}

function note(
  id: Id,
  one: Placed,
  outcomes: ReadonlyMap<Id, OutcomeKey>,
  catalogue: Catalogue,
  { files, remembered }: AdrHistory,
): readonly string[] {
  if (one.is === 'linked')
    return [`${one.link.path} decides the same and stands for it; no record was written.`];
  if (one.is !== 'written' || one.after === null) return [];
  const [before, after] = [remembered.get(id)?.outcome, outcomes.get(id)];
  const library = createLibrary(catalogue);
  const why =
    before === undefined || after === undefined
      ? ''
      : changeOfOutcome(before, after, option => library.option(id, option).label);
  const old = linkOf(one.after, files.get(one.after) ?? null);
  const does = one.supersedes === null ? 'follows' : 'supersedes';
  return [`${adrId(one.link)} ${does} ${adrId(old)}${why === '' ? '' : `: ${why}`}.`];
}
