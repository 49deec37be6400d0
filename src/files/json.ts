/** Writes JSON files: two spaces, keys in the order given, a line feed at the end. */
import { hexadecimal, mayHide, replaceUnprintable } from './unprintable.ts';

/** Unprintable characters are written as escapes, so that an editor shows what is there. */
export function writeJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  if (text === undefined) throw new Error('this value has no form in JSON');
  // JSON escapes the control characters of ASCII itself.
  return mayHide(text) ? withEscapes(text) : `${text}\n`;
}

function withEscapes(text: string): string {
  const visible = replaceUnprintable(text, character =>
    character === '\n'
      ? character
      : [...codeUnits(character)].map(unit => `\\u${hexadecimal(unit, 4)}`).join(''),
  );
  return `${visible}\n`;
}

function* codeUnits(character: string): Iterable<number> {
  for (let index = 0; index < character.length; index++) yield character.charCodeAt(index);
}
