/** What the lock file remembers of the records, so that numbers stay and an accepted one is known for what it says. */
import type { Id } from '../content/catalogue.ts';
import type { OutcomeKey } from './outcome-key.ts';
import { type NameStyle, OUR_STYLE } from './record-file-names.ts';

export interface RememberedRecord {
  readonly number: number;
  /** File name. */
  readonly path: string;
  readonly outcome: OutcomeKey;
  /** The file name of the accepted record whose place it took; null for most. */
  readonly supersedes: string | null;
  /** The same of a record that was signed, but not accepted: it is linked and stays as it is. */
  readonly follows: string | null;
  /** The user removed it: it stays removed. */
  readonly removed: boolean;
}
export interface RecordMemory {
  /** From the output directory; empty where that is the folder itself. */
  readonly folder: string;
  readonly form: 'madr' | 'nygard';
  readonly style: NameStyle;
  readonly of: ReadonlyMap<Id, RememberedRecord>;
}

export function writeMemory({ folder, form, style, of }: RecordMemory): Readonly<Record<string, unknown>> {
  const sorted = [...of].sort(([, a], [, b]) => a.number - b.number);
  return {
    folder,
    form,
    ...((style.prefix !== OUR_STYLE.prefix || style.width !== OUR_STYLE.width) && { style }),
    of: Object.fromEntries(
      sorted.map(([id, { number, path, outcome, supersedes, follows, removed }]) => [
        id,
        {
          number,
          path,
          outcome,
          ...(supersedes !== null && { supersedes }),
          ...(follows !== null && { follows }),
          ...(removed && { removed }),
        },
      ]),
    ),
  };
}

/** Null where nothing is remembered; `damaged` where it cannot be read. */
export function readMemory(data: Readonly<Record<string, unknown>>): RecordMemory | null | 'damaged' {
  if (Object.keys(data).length === 0) return null;
  const { folder, form, style = OUR_STYLE, of } = data;
  if (typeof folder !== 'string' || !isForm(form) || !isStyle(style) || !isObject(of)) return 'damaged';
  const records = Object.entries(of).map(([id, value]) => [id, readRecord(value)] as const);
  const sound = records.filter((entry): entry is [Id, RememberedRecord] => entry[1] !== null);
  return sound.length === records.length ? { folder, form, style, of: new Map(sound) } : 'damaged';
}

function readRecord(value: unknown): RememberedRecord | null {
  if (!isObject(value)) return null;
  const { number, path, outcome, supersedes = null, follows = null, removed = false } = value;
  const isSound =
    typeof number === 'number' &&
    Number.isInteger(number) &&
    isFileName(path) &&
    (supersedes === null || isFileName(supersedes)) &&
    (follows === null || isFileName(follows)) &&
    typeof removed === 'boolean' &&
    isOutcome(outcome);
  return isSound ? { number, path, outcome, supersedes, follows, removed } : null;
}

function isFileName(value: unknown): value is string {
  return typeof value === 'string' && /^[^/\\\0]+\.md$/.test(value);
}
function isForm(value: unknown): value is RecordMemory['form'] {
  return value === 'madr' || value === 'nygard';
}
function isStyle(value: unknown): value is NameStyle {
  return isObject(value) && typeof value.prefix === 'string' && typeof value.width === 'number';
}
function isOutcome(value: unknown): value is OutcomeKey {
  if (!isObject(value)) return false;
  const { pick, verdict, reasons, pinned } = value;
  const words = [pick, verdict, pinned].every(one => one === null || typeof one === 'string');
  return words && Array.isArray(reasons) && reasons.every(one => typeof one === 'string');
}
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
