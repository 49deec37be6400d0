/** The parts that all linear prompts are made of: numbered rows, a line of text, and commands by their letters. */
import type { Action } from '../questionnaire/actions.ts';
import type { Context } from '../questionnaire/context.ts';
import type { State } from '../questionnaire/state.ts';
import { actionFor, bindingsOf } from './keymap.ts';
import { type Mode, modeOf } from './mode.ts';
import type { ListRow } from './views/list.ts';

export type Reading = { readonly actions: readonly Action[] } | { readonly say: string };
export interface Prompt {
  /** Said before the prompt, one line each. */
  readonly says: readonly string[];
  /** Where the line is typed; null where nothing is asked and the run goes on by itself. */
  readonly asks: string | null;
  readonly read: (line: string) => Reading;
}

export const actions = (...all: readonly Action[]): Reading => ({ actions: all });

/** Letters that mean the same as the keys of the drawn wizard; `b` is back. Null where the line is none of them. */
export function commandOf(line: string, state: State, context: Context): Reading | null {
  const word = line.trim();
  if (word === 'b') return actions({ type: 'back' });
  if (!isCommand(word)) return null;
  const action = actionFor(word, modeOf(state, context), { page: 1, last: 0 });
  return action === null || action.type === 'type' ? null : actions(action);
}

interface Command {
  readonly letter: string;
  readonly hint: string;
  readonly says: string;
}
export function commandsOf(mode: Mode): readonly Command[] {
  const bound = bindingsOf(mode).flatMap(({ keys, hint, says }) => {
    const letter = keys.find(key => isCommand(key));
    return hint === null || letter === undefined ? [] : [{ letter, hint, says }];
  });
  return [{ letter: 'b', hint: 'back', says: 'Back. Nothing is lost.' }, ...bound];
}
/** The letters that move a cursor mean nothing where none is drawn. */
function isCommand(key: string): boolean {
  return /^[?a-z]$/u.test(key) && !/^[jkq]$/u.test(key);
}

export function commandsInWords(state: State, context: Context): string {
  return commandsOf(modeOf(state, context))
    .map(({ letter, hint }) => `${letter} ${hint}`)
    .join(', ');
}

export function numbered(rows: readonly ListRow[]): readonly string[] {
  return rows.flatMap((row, index) => {
    const aside = row.aside === undefined || row.aside === '' ? '' : `, ${row.aside}`;
    const note = row.note === undefined || row.note === '' ? [] : [`   ${row.note}`];
    return [`${index + 1}. ${row.label}${aside}`, ...note];
  });
}

export function listPrompt(
  state: State,
  context: Context,
  says: readonly string[],
  rows: readonly ListRow[],
  asks: string,
): Prompt {
  return {
    says: [...says, ...numbered(rows)],
    asks: `${asks} (1 to ${rows.length}; ${commandsInWords(state, context)})`,
    read: line => {
      const command = commandOf(line, state, context);
      if (command !== null) return command;
      const row = Number(line.trim());
      const known = Number.isInteger(row) && row >= 1 && row <= rows.length;
      return known
        ? actions({ type: 'pick', row: row - 1 })
        : { say: `Type a number from 1 to ${rows.length}.` };
    },
  };
}

/** A line of text; an empty one keeps what is there. Commands begin with a colon, since anything else is text. */
export function textPrompt(
  says: readonly string[],
  asks: string,
  kept: string,
  enter: readonly Action[],
): Prompt {
  const keeps = kept === '' ? '' : `; empty keeps "${kept}"`;
  return {
    says,
    asks: `${asks} (:b back, :s save and leave${keeps})`,
    read: line => {
      if (line.trim() === ':b') return actions({ type: 'back' });
      if (line.trim() === ':s') return actions({ type: 'leave' });
      if (line.trim() === '') return actions(...enter);
      return actions({ type: 'erase', what: 'all' }, { type: 'type', text: line }, ...enter);
    },
  };
}
