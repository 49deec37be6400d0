/** Which keys mean something: a mode per kind of screen. */
import { type Context, questionOf } from '../questionnaire/context.ts';
import { draftFor } from '../questionnaire/rows.ts';
import type { State } from '../questionnaire/state.ts';

export const MODES = [
  /** A list of which one row is chosen: start, what to write, options to pin, topics. */
  'menu',
  /** A question with one answer. */
  'choice',
  'yes-no',
  /** A question of which several rows are marked. */
  'marks',
  'number',
  /** One line of text. */
  'text',
  /** Several lines of text of which one is typed. */
  'form',
  /** The rows that the filter leaves, while it is typed. */
  'filter',
  'review',
  /** What quick mode assumed. */
  'assumed',
  /** One decision explained. */
  'decision',
  /** The files that would be written. */
  'plan',
  'done',
  /** Something to read, shown over the screen. */
  'reading',
  /** Nothing can be done but wait. */
  'busy',
] as const;
export type Mode = (typeof MODES)[number];

/** While one of these is on, characters are text and no command. */
export const TYPING: readonly Mode[] = ['text', 'form', 'filter'];

export function modeOf(state: State, context: Context): Mode {
  if (state.overlay !== null) return 'cursor' in state.overlay ? 'menu' : 'reading';
  return screenMode(state, context);
}

/** Without regard to what is shown over it: help explains the screen below. */
export function screenMode(state: State, context: Context): Mode {
  const { screen } = state;
  switch (screen.at) {
    case 'start':
      if (screen.opening) return 'busy';
      return screen.path === null ? 'menu' : 'text';
    case 'project':
      return 'form';
    case 'question':
      return questionMode(state, screen.question, context);
    case 'pin':
      return screen.step === 'option' ? 'menu' : 'text';
    case 'write':
      return WRITE_MODES[screen.step];
    case 'review':
    case 'assumed':
    case 'decision':
    case 'done':
      return screen.at;
  }
}

const WRITE_MODES = {
  what: 'menu',
  where: 'text',
  planning: 'busy',
  occupied: 'menu',
  plan: 'plan',
  writing: 'busy',
  failed: 'reading',
} as const satisfies Record<string, Mode>;

function questionMode(state: State, id: string, context: Context): Mode {
  const question = questionOf(context, id);
  if (question === null) return 'busy';
  const draft = draftFor(state, question);
  if (draft.kind === 'list' && draft.filtering) return 'filter';
  switch (question.kind) {
    case 'multi':
    case 'ranked':
      return 'marks';
    default:
      return question.kind;
  }
}
