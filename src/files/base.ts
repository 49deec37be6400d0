/**
 * `.chartroom/base.txt`: the texts as we generated them last. The next run merges its own with what the user made of
 * them. Plain text, so that the same run gives the same bytes on every machine and Git keeps only what changed; as it
 * stands, since escaping it as JSON took a fifth of a whole run.
 */
import { OWN_FOLDER } from './lock.ts';

export const BASE_PATH = `${OWN_FOLDER}/base.txt`;
const FIRST_LINE = 'chartroom base 2\n';

/** Path to text. */
export type Base = ReadonlyMap<string, string>;

/** Before each text a line with its length, in code units of UTF-16, and its path; no path holds a line feed. */
export function writeBase(texts: Base): string {
  let written = FIRST_LINE;
  for (const [path, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    written += `${text.length} ${path}\n${text}\n`;
  }
  return written;
}

/**
 * A damaged file holds what stands before the damage: whoever merges with a text sees by its hash whether it is whole,
 * and what is not found is not merged.
 */
export function readBase(text: string): Base {
  const texts = new Map<string, string>();
  if (!text.startsWith(FIRST_LINE)) return texts;
  for (let at = FIRST_LINE.length; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const [, length, path] = /^(\d+) (.+)$/.exec(text.slice(at, Math.max(at, end))) ?? [];
    if (path === undefined) break;
    const start = end + 1;
    at = start + Number(length);
    texts.set(path, text.slice(start, at));
    at += 1;
  }
  return texts;
}
