/**
 * `.chartroom/base.json`: the texts as we generated them last. The next run merges its own with what the user made of
 * them. Plain text, so that the same run gives the same bytes on every machine and Git keeps only what changed.
 */
import { writeJsonTexts } from './json.ts';
import { OWN_FOLDER } from './lock.ts';

export const BASE_PATH = `${OWN_FOLDER}/base.json`;
const FORMAT = 1;

/** Path to text. */
export type Base = ReadonlyMap<string, string>;

export function writeBase(texts: Base): string {
  const sorted = [...texts].sort(([a], [b]) => (a < b ? -1 : 1));
  return writeJsonTexts({ format: FORMAT }, 'texts', new Map(sorted));
}

/** A damaged file holds nothing: its texts are looked for by their hash, and what is not found is not merged. */
export function readBase(text: string): Base {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return new Map();
  }
  if (!isRecord(data) || data.format !== FORMAT || !isRecord(data.texts)) return new Map();
  return new Map(
    Object.entries(data.texts).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
