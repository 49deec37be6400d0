/** Text that strangers write: which characters are refused, and why. */

/** What is wrong with a text, or null. `code` is stable. */
export interface TextProblem {
  readonly code:
    | 'control-character'
    | 'direction-character'
    | 'line-break'
    | 'too-long'
    | 'empty'
    | 'lone-surrogate';
  readonly message: string;
  readonly help: string;
}

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;
const LINE_BREAK = /[\n\r\t\u2028\u2029]/u;
/** Characters that reorder or hide text: direction marks, zero-width and filler characters, soft hyphen, tags. */
const DIRECTION = new RegExp(
  [
    '[\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb]',
    '\\u034f|\\u17b4|\\u17b5',
    '[\\u{e0000}-\\u{e007f}]',
  ].join('|'),
  'u',
);
const DISTURBING = new RegExp(`${CONTROL.source}|${LINE_BREAK.source}|${DIRECTION.source}`, 'gu');
const SURROGATE = /[\ud800-\udfff]/u;

/** Control, direction and invisible characters; line breaks and tabs pass. */
export function checkCharacters(text: string): TextProblem | null {
  const control = CONTROL.exec(text);
  if (control) {
    return {
      code: 'control-character',
      message: `contains the control character ${codePoint(control[0])}`,
      help: 'Remove it.',
    };
  }
  const direction = DIRECTION.exec(text);
  if (direction) {
    return {
      code: 'direction-character',
      message: `contains ${codePoint(direction[0])}, which is invisible or changes the direction of text`,
      help: 'Remove it; it makes text read other than it is.',
    };
  }
  if (SURROGATE.test(text)) {
    return { code: 'lone-surrogate', message: 'contains half a character', help: 'Write the text again.' };
  }
  return null;
}

/**
 * Free text of one line, such as the name of a person or the reason of a pin. Quotes, `${`, `{{`, backticks and `|`
 * are allowed: every writer escapes for its own format.
 */
export function checkFreeText(text: string, longest = 500): TextProblem | null {
  if (text.trim() === '')
    return { code: 'empty', message: 'is empty', help: 'Write something, or leave it out.' };
  const characters = [...text].length;
  if (characters > longest) {
    return {
      code: 'too-long',
      message: `has ${characters} characters; the most is ${longest}`,
      help: 'Shorten it.',
    };
  }
  if (LINE_BREAK.test(text)) {
    return { code: 'line-break', message: 'contains a line break or a tab', help: 'Write it on one line.' };
  }
  return checkCharacters(text);
}

/** The text with every character that could disturb a terminal written as its code: `\u{1B}`. */
export function visible(text: string): string {
  return text.replace(
    DISTURBING,
    character => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
