/** Key presses by name. Slow links deliver several in one piece; here they become single ones again. */
import type { Key } from 'ink';
import { characters } from '../questionnaire/text-draft.ts';

/** `up`, `enter`, `ctrl+c`, or the character itself. */
export type KeyPress = string;

const CONTROL: Readonly<Record<string, KeyPress>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u001b': 'escape',
  ' ': 'space',
};

/** A piece with a line feed in it is pasted text: Enter sends a carriage return, or a line feed that comes alone. */
export function isPaste(input: string): boolean {
  return input.length > 1 && input.includes('\n');
}

/** Reports of focus, mouse and position that a terminal sends unasked; Ink hands them on as text. */
const REPORT = /^\[(?:[IO]|<[\d;]+[Mm]|\?[\d;]*[a-z]|\d+;\d+R)$/u;

export function keyPresses(input: string, key: Key): readonly KeyPress[] {
  if (key.eventType === 'release' || REPORT.test(input)) return [];
  const named = namedKey(key);
  if (named !== null) return [named];
  if (key.meta) return [];
  if (key.ctrl) return [`ctrl+${input}`];
  return characters(input).flatMap(character => pressOf(character));
}

function namedKey(key: Key): KeyPress | null {
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.leftArrow) return 'left';
  if (key.rightArrow) return 'right';
  if (key.pageUp) return 'page-up';
  if (key.pageDown) return 'page-down';
  if (key.home) return 'home';
  if (key.end) return 'end';
  if (key.return) return 'enter';
  if (key.escape) return 'escape';
  if (key.tab) return key.shift ? 'shift+tab' : 'tab';
  if (key.backspace) return 'backspace';
  if (key.delete) return 'delete';
  return null;
}

function pressOf(character: string): readonly KeyPress[] {
  const named = CONTROL[character];
  if (named !== undefined) return [named];
  const code = character.charCodeAt(0);
  if (character.length > 1 || code >= 32) return [character];
  return code === 0 ? [] : [`ctrl+${String.fromCharCode(code + 96)}`];
}
