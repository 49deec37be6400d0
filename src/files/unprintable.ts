/**
 * Characters that a reader cannot see or that change how the rest is shown: control characters, direction marks,
 * zero-width characters, line separators, tags and lone surrogates. The ranges are spelled out so that the same text
 * gives the same bytes on every version of Node.
 */
const HIDDEN =
  '\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f' +
  '\\ufeff\\ufff9-\\ufffb\\ufffe\\uffff\\ud800-\\udfff';
const RANGES = `\\u0000-\\u001f${HIDDEN}\\u{e0000}-\\u{e007f}`;

const ANY = new RegExp(`[${RANGES}]`, 'u');
const EACH = new RegExp(`[${RANGES}]`, 'gu');

/** Halves of characters count as well: quick to look for, and most texts have none of these. */
const MAYBE = new RegExp(`[\\u0000-\\u001f${HIDDEN}]`);
const MAYBE_HIDDEN = new RegExp(`[${HIDDEN}]`);

export function hasUnprintable(text: string): boolean {
  return MAYBE.test(text) && ANY.test(text);
}

/** False only where there is none but, perhaps, the control characters of ASCII. */
export function mayHide(text: string): boolean {
  // Most texts are ASCII: Node counts their bytes in a quarter of the time that the expression takes.
  const isAscii = Buffer.byteLength(text) === text.length;
  return isAscii ? text.includes('\u007f') : MAYBE_HIDDEN.test(text);
}

/** The text with every unprintable character replaced; the character and its code point are handed to `form`. */
export function replaceUnprintable(
  text: string,
  form: (character: string, codePoint: number) => string,
): string {
  return hasUnprintable(text)
    ? text.replace(EACH, character => form(character, character.codePointAt(0) ?? 0))
    : text;
}

/** The code point as `width` hexadecimal digits, lower case. */
export function hexadecimal(codePoint: number, width: number): string {
  return codePoint.toString(16).padStart(width, '0');
}

/** A comment's lines: unprintable characters replaced by U+FFFD, so that none of them can end the comment. */
export function commentLines(text: string): readonly string[] {
  return text
    .split(/\r\n|[\n\r]/)
    .map(line => replaceUnprintable(line, character => (character === '\t' ? ' ' : '\ufffd')).trimEnd());
}
