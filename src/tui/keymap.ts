/** From a key press to what happens, and from the table of keys to the hints that are shown. */
import type { Action } from '../questionnaire/actions.ts';
import { BINDINGS, type Binding, type Measures } from './key-bindings.ts';
import type { KeyPress } from './key-press.ts';
import { type Mode, TYPING } from './mode.ts';

const ROWS_BY_NUMBER: readonly Mode[] = ['menu', 'choice', 'yes-no', 'marks', 'review'];

/** Digits pick a row by its number in lists; where text or a number is typed they are text. */
export function actionFor(press: KeyPress, mode: Mode, measures: Measures): Action | null {
  const binding = bindingsOf(mode).find(({ keys }) => keys.includes(press));
  if (binding !== undefined) return binding.does(measures);
  if (/^[1-9]$/u.test(press) && ROWS_BY_NUMBER.includes(mode))
    return { type: 'pick', row: Number(press) - 1 };
  if (!TYPING.includes(mode) && mode !== 'number') return null;
  if (press === 'space') return { type: 'type', text: ' ' };
  return isNamed(press) ? null : { type: 'type', text: press };
}

/** Names of keys are words of ASCII letters; a character as a person sees it never is one. */
function isNamed(press: KeyPress): boolean {
  return /^[a-z][a-z+-]/u.test(press);
}

export function bindingsOf(mode: Mode): readonly Binding[] {
  return BINDINGS.filter(binding => binding.modes.includes(mode));
}

const NAMES: Readonly<Record<KeyPress, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  escape: 'esc',
  'page-up': 'pgup',
  'page-down': 'pgdn',
};
export function nameOfKey(press: KeyPress): string {
  return NAMES[press] ?? press;
}

export interface Hint {
  readonly key: string;
  readonly says: string;
}
export function hintsFor(mode: Mode): readonly Hint[] {
  return bindingsOf(mode).flatMap(({ keys, hint }) =>
    hint === null ? [] : [{ key: nameOfKey(keys[0] ?? ''), says: hint }],
  );
}
