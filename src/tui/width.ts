/** How many cells a text takes on the screen, and cutting, filling and wrapping by cells. */
import { characters, isPlain } from '../questionnaire/text-draft.ts';

const ZERO = /^[\p{Mark}\p{Format}\p{Control}]/u;
const PICTURE = /\p{Emoji_Presentation}|\ufe0f/u;
/** East Asian Wide and Fullwidth, as Unicode 16 groups them. */
const WIDE =
  /[\u1100-\u115f\u231a\u231b\u2329\u232a\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u;

export function widthOf(text: string): number {
  if (isPlain(text)) return text.length;
  return characters(text).reduce((sum, character) => sum + cells(character), 0);
}

function cells(character: string): number {
  if (isPlain(character)) return 1;
  if (ZERO.test(character)) return 0;
  return WIDE.test(character) || PICTURE.test(character) ? 2 : 1;
}

/** At most `width` cells; what was cut is shown as an ellipsis. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width <= 0) return '';
  return `${head(text, width - 1)}…`;
}

/** Exactly `width` cells. */
export function fill(text: string, width: number): string {
  const fitting = cut(text, width);
  return fitting + ' '.repeat(Math.max(0, width - widthOf(fitting)));
}

/** As many whole characters from the start as fit. */
function head(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const character of characters(text)) {
    const size = cells(character);
    if (used + size > width) break;
    taken += character;
    used += size;
  }
  return taken;
}

/** Lines of at most `width` cells, broken at spaces; a word that is longer than a line is broken where the line ends. */
export function wrap(text: string, width: number): readonly string[] {
  const limit = Math.max(1, width);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u)) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (widthOf(joined) <= limit) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (widthOf(line) > limit) {
      const part = head(line, limit) || (characters(line)[0] ?? '');
      lines.push(part);
      line = line.slice(part.length);
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** The part of a typed text that shows the caret in `width` cells, and the cell of the caret in it. */
export function visiblePart(
  text: string,
  caret: number,
  width: number,
): { readonly text: string; readonly caret: number } {
  const room = Math.max(1, width - 1);
  let from = 0;
  while (widthOf(text.slice(from, caret)) > room) from += (characters(text.slice(from))[0] ?? ' ').length;
  return { text: head(text.slice(from), width), caret: widthOf(text.slice(from, caret)) };
}
