/** Makes text safe to print: nothing in it can move the cursor, colour, clear, or reorder what is shown. */
import { hexadecimal, replaceUnprintable } from './unprintable.ts';

/** Lines and tabs stay; every other unprintable character is shown as an escape such as `\x1b` or `\u{202e}`. */
export function forTerminal(text: string): string {
  return replaceUnprintable(text, (character, codePoint) =>
    character === '\n' || character === '\t' ? character : visible(codePoint),
  );
}

/** As {@link forTerminal}, on one line. */
export function forTerminalLine(text: string): string {
  return replaceUnprintable(text, (character, codePoint) => {
    if (character === '\n') return '\\n';
    return character === '\t' ? ' ' : visible(codePoint);
  });
}

function visible(codePoint: number): string {
  return codePoint <= 0xff ? `\\x${hexadecimal(codePoint, 2)}` : `\\u{${hexadecimal(codePoint, 4)}}`;
}
