/** What is in the ADR folder before a run. */
import type { Id } from '../content/catalogue.ts';
import type { AdrLink } from './number.ts';
import { type NameStyle, readRecordName } from './record-file-names.ts';
import type { RememberedRecord } from './record-memory.ts';
import { isSigned, readStatus, readTitle } from './standing.ts';

export interface AdrHistory {
  /** From the output directory; empty where that is the folder itself. */
  readonly folder: string;
  readonly form: 'madr' | 'nygard';
  readonly style: NameStyle;
  /** Numbered records by file name; null where one is no text. */
  readonly files: ReadonlyMap<string, string | null>;
  /** Those that we wrote, by file name, also where they are gone. */
  readonly ours: ReadonlyMap<string, 'untouched' | 'edited'>;
  readonly remembered: ReadonlyMap<Id, RememberedRecord>;
}

export function linkOf(path: string, text: string | null): AdrLink {
  const name = readRecordName(path);
  const title = (text === null ? null : readTitle(text)) ?? (name?.slug ?? path).replaceAll('-', ' ');
  return { number: name?.number ?? 0, title, path };
}

/** Whether a record that is not written again links to this one. */
export function isLinked(path: string, { files, ours }: AdrHistory): boolean {
  return [...files].some(
    ([other, text]) =>
      text?.includes(`](${path})`) && other !== path && (!ours.has(other) || isSigned(readStatus(text))),
  );
}
