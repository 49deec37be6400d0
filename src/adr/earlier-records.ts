/** Records that a new one has to name: the one whose place it takes, and others on the same matter. */
import type { Catalogue, Id } from '../content/catalogue.ts';
import { type AdrHistory, linkOf } from './adr-history.ts';
import type { AdrLink } from './number.ts';
import type { Placed } from './place-record.ts';
import { isSameMatter } from './same-matter.ts';
import { readStatus } from './standing.ts';

export function predecessorsOf(
  placed: ReadonlyMap<Id, Placed>,
  { files }: AdrHistory,
): ReadonlyMap<Id, AdrLink> {
  return new Map(
    [...placed].flatMap(([id, one]) =>
      one.is === 'written' && one.supersedes !== null && files.has(one.supersedes)
        ? [[id, linkOf(one.supersedes, files.get(one.supersedes) ?? null)] as const]
        : [],
    ),
  );
}

/** What others recorded on the same matter and still holds, and our own record that was signed but never accepted. */
export function earlierRecords(
  placed: ReadonlyMap<Id, Placed>,
  catalogue: Catalogue,
  { files, ours }: AdrHistory,
): ReadonlyMap<Id, readonly AdrLink[]> {
  const current = new Set([...placed.values()].map(one => (one.is === 'removed' ? '' : one.link.path)));
  const theirs = [...files]
    .filter(
      ([path, text]) =>
        !ours.has(path) && !current.has(path) && !isOver(text === null ? null : readStatus(text)),
    )
    .map(([path, text]) => linkOf(path, text));
  return new Map(
    [...placed].flatMap(([id, one]) => {
      if (one.is !== 'written') return [];
      const decision = catalogue.decisions.find(each => each.id === id);
      const own =
        one.follows === null || !files.has(one.follows)
          ? []
          : [linkOf(one.follows, files.get(one.follows) ?? null)];
      const others = decision === undefined ? [] : theirs.filter(link => isSameMatter(link.title, decision));
      return own.length + others.length === 0 ? [] : [[id, [...own, ...others]] as const];
    }),
  );
}

function isOver(status: string | null): boolean {
  return status !== null && ['superseded', 'rejected', 'deprecated'].includes(status);
}
