/** Where a record stands in its life, as its text says. */
import type { Day } from '../content/catalogue.ts';
import { headKey, recordLines } from './record-lines.ts';
import { parsedNames, plainText } from './record-names.ts';

export const STATUSES = ['proposed', 'accepted', 'rejected', 'deprecated', 'superseded'] as const;
export type Status = (typeof STATUSES)[number];

/** Another record of the same folder. */
export interface RecordName {
  readonly number: number;
  readonly title: string;
  /** File name. */
  readonly path: string;
}
export interface Standing {
  readonly status: Status;
  readonly date: Day;
  /** Empty where nobody is recorded: what the record says is left as it is. */
  readonly deciders: readonly string[];
  /** The record that took its place. */
  readonly successor: RecordName | null;
}

/** In lower case and as it is written: `accepted`, `deprecated`; null where the text has no status in a known form. */
export function readStatus(text: string): string | null {
  const { lines, fence, head, section } = recordLines(text);
  const matter = lines.slice(0, fence).find(line => line.startsWith('status:'));
  const item = head.map(index => lines[index] ?? '').find(line => headKey(line) === 'status');
  const words =
    matter?.slice('status:'.length).replace(/ #.*$/, '') ??
    item?.replace(/^[*+-] status:/i, '') ??
    (section === null ? '' : lines[section.first]);
  const plain = (words ?? '').replace(/["']/g, '').trim().toLowerCase();
  if (plain === '') return null;
  return /^super[sc]eded\b/.test(plain) ? 'superseded' : plain;
}

/** Whether somebody has decided on it: such a record is never written again. */
export function isSigned(status: string | null): boolean {
  return status !== null && !/^(?:proposed|draft|in review|pending|open)\b/.test(status);
}

/** The first heading, without a number that stands before it; null where there is none. */
export function readTitle(text: string): string | null {
  const heading = /^# +(?:\d+\. +)?(.*?)[ \t#]*\r?$/m.exec(text)?.[1];
  return heading === undefined || heading === '' ? null : plainText(heading);
}

/** All of it, as `patchStanding` wrote it; null where the status is none of ours or the day is missing. */
export function readStanding(text: string): Standing | null {
  const status = STATUSES.find(one => one === readStatus(text));
  const date = readDate(text);
  if (status === undefined || date === null) return null;
  const [, title, number, rest] =
    /^(?:[*+-] Status: )?superseded by \[(.*)\]\((\d+)(.*\.md)\)\s*$/im.exec(text) ?? [];
  const successor =
    number === undefined
      ? null
      : {
          number: Number(number),
          title: plainText(title ?? '').replace(/^\d+\. /, ''),
          path: `${number}${rest}`,
        };
  return { status, date, deciders: parsedNames(readDeciders(text)), successor };
}

/** The day that the record is dated with; null where it has none. */
export function readDate(text: string): Day | null {
  return /^(?:date:|[*+-] Date:|Date:) *["']?(\d{4}-\d\d-\d\d)["']?\s*$/m.exec(text)?.[1] ?? null;
}

/** Names as they are written; empty where nobody is recorded. */
export function readDeciders(text: string): string {
  const { lines, fence, head } = recordLines(text);
  const item = head.map(index => lines[index] ?? '').find(line => headKey(line) === 'deciders');
  const matter = lines.slice(0, fence).find(line => line.startsWith('decision-makers:'));
  const words =
    item?.replace(/^[*+-] deciders:/i, '') ??
    matter
      ?.slice('decision-makers:'.length)
      .trim()
      .replace(/^\[|\]$/g, '') ??
    /^Decided by: (.*)\.\s*$/m.exec(text)?.[1] ??
    '';
  return /^not recorded$/i.test(words.trim()) ? '' : words.trim();
}
