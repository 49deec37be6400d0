/** Where the record of one decision goes: to its old place, to the next number, or nowhere. */
import type { Id } from '../content/catalogue.ts';
import { type AdrHistory, isLinked, linkOf } from './adr-history.ts';
import { type AdrLink, slug } from './number.ts';
import { isSameOutcome, type OutcomeKey } from './outcome-key.ts';
import { readRecordName, recordName } from './record-file-names.ts';
import type { RememberedRecord } from './record-memory.ts';
import { isSigned, readStatus } from './standing.ts';

export type Placed =
  | {
      readonly is: 'written';
      readonly link: AdrLink;
      readonly supersedes: string | null;
      readonly follows: string | null;
      readonly after: string | null;
    }
  | { readonly is: 'standing' | 'linked'; readonly link: AdrLink }
  | { readonly is: 'removed' };

export function place(
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
    follows: before?.follows ?? null,
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
    // A file that the user edited, or that a record names which is not written again, keeps its name.
    const mayMove =
      ours.get(before.path) === 'untouched' && before.supersedes === null && !isLinked(before.path, history);
    return mayMove ? write(before.number) : write(before.number, before.path);
  }
  if (isSameOutcome(before.outcome, outcome))
    return { is: 'standing', link: linkOf(before.path, text ?? null) };
  const number = next();
  const path = recordName(style, number, slug(title));
  const [supersedes, follows] = status === 'accepted' ? [before.path, null] : [null, before.path];
  return { is: 'written', link: { number, title, path }, supersedes, follows, after: before.path };
}

/** A proposed record of ours that the lock file does not know, since that was lost: its first tag is the decision. */
export function forgotten(
  id: Id,
  outcome: OutcomeKey,
  { files, ours }: AdrHistory,
): RememberedRecord | undefined {
  for (const [path, text] of files) {
    const number = readRecordName(path)?.number;
    if (number === undefined || text === null || ours.has(path) || isSigned(readStatus(text))) continue;
    const tag = /^tags: \[([a-z0-9-]+)[^\n]*\n(?:links: [^\n]*\n)?### end of metadata\n/m.exec(text)?.[1];
    if (tag === id) return { number, path, outcome, supersedes: null, follows: null, removed: false };
  }
  return undefined;
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

/** Numbers are never given twice, those of records that are gone included. */
export function nextNumber({ files, remembered }: AdrHistory): () => number {
  const taken = [
    ...[...files.keys()].map(name => readRecordName(name)?.number ?? 0),
    ...[...remembered.values()].map(record => record.number),
  ];
  let last = Math.max(0, ...taken);
  return () => ++last;
}
