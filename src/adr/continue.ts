/**
 * Which record each decision has in a folder that may hold records already: numbers stay, a record that somebody signed
 * is never written again, and where its outcome changed the next number takes its place.
 */
import type { Catalogue, Id } from '../content/catalogue.ts';
import type { Stack } from '../engine/outcome.ts';
import type { FileTree } from '../files/tree.ts';
import { type AdrHistory, linkOf } from './adr-history.ts';
import { earlierRecords, predecessorsOf } from './earlier-records.ts';
import { keptRecords, type PastRecord, pastRecord, standingsOf } from './kept-records.ts';
import { createLibrary } from './library.ts';
import { type AdrLink, adrId, PLATFORM_DEFAULTS, recordTitles } from './number.ts';
import { changeOfOutcome, defaultsKey, type OutcomeKey, outcomeKey } from './outcome-key.ts';
import { forgotten, nextNumber, type Placed, place } from './place-record.ts';
import type { RecordMemory, RememberedRecord } from './record-memory.ts';
import type { Standing } from './standing.ts';

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

export function continueRecords(stack: Stack, catalogue: Catalogue, history: AdrHistory): AdrSet {
  const outcomes = outcomesOf(stack);
  const next = nextNumber(history);
  const placed = new Map(
    [...recordTitles(stack, catalogue)].map(([id, title]) => {
      const outcome = outcomes.get(id) ?? defaultsKey(stack);
      const before = history.remembered.get(id) ?? forgotten(id, outcome, history);
      return [id, place(title, outcome, before, history, next)] as const;
    }),
  );
  const linksOf = (kinds: readonly Placed['is'][]): ReadonlyMap<Id, AdrLink> =>
    new Map(
      [...placed].flatMap(([id, one]) =>
        one.is !== 'removed' && kinds.includes(one.is) ? [[id, one.link] as const] : [],
      ),
    );
  const numbers = linksOf(['written', 'standing', 'linked']);
  const kept = keptRecords(placed, history);
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
    const { link, supersedes, follows } = one;
    const { number, path } = link;
    memory.set(id, { number, path, outcome, supersedes, follows, removed: false });
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
    return [
      `${one.link.path} decides the same as ours would: it is linked, and no record is written beside it.`,
    ];
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
