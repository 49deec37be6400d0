/** Records that stay as they are on disk, since somebody signed them; what took whose place is patched into them. */
import type { Id } from '../content/catalogue.ts';
import type { FileTree } from '../files/tree.ts';
import { type AdrHistory, isLinked, linkOf } from './adr-history.ts';
import type { AdrLink } from './number.ts';
import { patchStanding } from './patch-standing.ts';
import type { Placed } from './place-record.ts';
import { isSigned, readStanding, readStatus, type Standing } from './standing.ts';

export interface PastRecord {
  readonly link: AdrLink;
  readonly standing: Standing;
}
/** Every signed record of ours, and proposed ones that a signed record points to. */
export function keptRecords(placed: ReadonlyMap<Id, Placed>, history: AdrHistory): FileTree {
  const written = [...placed.values()].filter(one => one.is === 'written');
  const writtenPaths = new Set(written.map(one => one.link.path));
  const successors = new Map(
    written.flatMap(one => (one.supersedes === null ? [] : [[one.supersedes, one.link]])),
  );
  const kept = new Map<string, string>();
  for (const [path, text] of history.files) {
    if (text === null || !history.ours.has(path) || writtenPaths.has(path)) continue;
    const status = readStatus(text);
    if (!isSigned(status) && !isLinked(path, history)) continue;
    const successor = successors.get(path);
    const isTaken = successor !== undefined && status === 'accepted';
    kept.set(path, isTaken ? superseded(text, successor) : text);
  }
  return kept;
}

/** Status and links only: the day stays that of the decision. */
function superseded(text: string, successor: AdrLink): string {
  return patchStanding(text, { status: 'superseded', date: null, deciders: [], successor }) ?? text;
}

export function standingsOf(
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

export function pastRecord(path: string, text: string): readonly PastRecord[] {
  const standing = readStanding(text);
  return standing === null ? [] : [{ link: linkOf(path, text), standing }];
}
