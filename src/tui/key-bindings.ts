/** The one table of keys: what is dispatched, the hints at the foot and the help are all made from it. */
import type { Action } from '../questionnaire/actions.ts';
import type { KeyPress } from './key-press.ts';
import { MODES, type Mode, TYPING } from './mode.ts';

/** Sizes that only the screen knows: rows of a page, and the last offset of the text on it. */
export interface Measures {
  readonly page: number;
  readonly last: number;
}
export interface Binding {
  /** The first one is named in hints. */
  readonly keys: readonly KeyPress[];
  readonly modes: readonly Mode[];
  readonly does: (measures: Measures) => Action;
  /** A sentence for the help. */
  readonly says: string;
  /** One or two words for the foot; null where the key is found without it. Earlier rows come first. */
  readonly hint: string | null;
}

const LISTS: readonly Mode[] = ['menu', 'choice', 'yes-no', 'marks', 'review'];
const QUESTIONS: readonly Mode[] = ['choice', 'yes-no', 'marks', 'number'];
const TEXTS: readonly Mode[] = ['assumed', 'decision', 'plan', 'done', 'reading'];
const TYPED: readonly Mode[] = [...TYPING, 'number'];
const COMMANDS = MODES.filter(mode => !TYPING.includes(mode) && mode !== 'busy');

function bind(
  keys: string,
  modes: readonly Mode[],
  does: Action | Binding['does'],
  says: string,
  hint: string | null = null,
): Binding {
  return { keys: keys.split(' '), modes, does: typeof does === 'function' ? does : () => does, says, hint };
}

const ACCEPT: Action = { type: 'accept' };
const BACK: Action = { type: 'back' };
const NEXT: Action = { type: 'next' };
const UP: Action = { type: 'move', by: -1 };
const DOWN: Action = { type: 'move', by: 1 };

/** In the order in which hints are shown as far as there is room. */
export const BINDINGS: readonly Binding[] = [
  bind('enter', ['choice', 'yes-no', 'menu'], ACCEPT, 'Choose the row under the cursor.', 'choose'),
  bind('space', ['marks'], { type: 'toggle' }, 'Mark the row, or take the mark away.', 'mark'),
  bind('enter', ['marks', 'number', 'text', 'form'], ACCEPT, 'Accept and go on.', 'go on'),
  bind('enter', ['filter'], ACCEPT, 'Keep the filter and choose among what it leaves.', 'keep filter'),
  bind('enter', ['review'], ACCEPT, 'Open the row.', 'open'),
  bind('enter', ['assumed'], ACCEPT, 'Go on to the review.', 'review'),
  bind('enter', ['plan'], ACCEPT, 'Write these files.', 'write'),
  bind('enter', ['done'], ACCEPT, 'Leave.', 'leave'),
  bind('enter escape q', ['reading'], BACK, 'Close.', 'close'),
  bind('w', ['review', 'decision'], { type: 'write' }, 'Write the records and the starter.', 'write'),
  bind('p', ['review', 'decision'], { type: 'pin' }, 'Pin another option, with a reason.', 'pin'),
  bind('x', ['decision'], { type: 'unpin' }, 'Take the pin away.', 'unpin'),
  bind('tab', ['review'], { type: 'section' }, 'Change between decisions and answers.', 'decisions/answers'),
  bind(
    'n',
    ['review', 'assumed'],
    { type: 'unanswered' },
    'Go to the first question without an answer.',
    'next open',
  ),
  bind('u', QUESTIONS, { type: 'unsure' }, 'Not sure yet: go on with what is assumed.', 'not sure'),
  bind('escape left', [...LISTS, 'assumed', 'decision', 'plan'], BACK, 'Back. Nothing is lost.', 'back'),
  bind('escape', [...TYPED, 'busy', 'done'], BACK, 'Back. Nothing is lost.', 'back'),
  bind('?', COMMANDS, { type: 'show', overlay: 'help' }, 'Why we ask, and all keys.', 'why, keys'),
  bind(
    'r',
    [...QUESTIONS, 'assumed', 'decision'],
    { type: 'review' },
    'Review decisions and answers.',
    'review',
  ),
  bind(
    'g',
    [...QUESTIONS, 'review', 'assumed', 'decision'],
    { type: 'show', overlay: 'topics' },
    'Go to a topic.',
    'go to',
  ),
  bind('v', [...QUESTIONS, 'review'], { type: 'show', overlay: 'stack' }, 'View the stack so far.', 'stack'),
  bind(
    'm',
    [...QUESTIONS, 'review', 'assumed'],
    { type: 'pace' },
    'Quick mode: only questions that can still change a decision, the most decisive first; or every question again.',
    'quick mode',
  ),
  bind('/', ['choice', 'marks'], { type: 'filter' }, 'Show only rows that contain what you type.', 'filter'),
  bind('down j', TEXTS, ({ last }) => ({ type: 'scroll', by: 1, last }), 'Scroll down.', 'scroll'),
  bind('s', COMMANDS, { type: 'leave' }, 'Save and leave.', 'save, leave'),
  bind('ctrl+c', MODES, { type: 'interrupt' }, 'Save and leave at once.'),

  bind('y', ['yes-no'], { type: 'pick', row: 0 }, 'Yes.'),
  bind('n', ['yes-no'], { type: 'pick', row: 1 }, 'No.'),
  bind('tab right', ['choice', 'yes-no', 'marks'], NEXT, 'On without answering.'),
  bind('tab', [...TYPED, 'menu'], NEXT, 'On.'),
  bind('up k', LISTS, UP, 'One row up.'),
  bind('down j', LISTS, DOWN, 'One row down.'),
  bind('up shift+tab', ['form', 'filter'], UP, 'One row up.'),
  bind('down', ['form', 'filter'], DOWN, 'One row down.'),
  bind('page-up', LISTS, ({ page }) => ({ type: 'move', by: -page }), 'A page up.'),
  bind('page-down', LISTS, ({ page }) => ({ type: 'move', by: page }), 'A page down.'),
  bind('home', LISTS, { type: 'move-to', end: 'first' }, 'To the first row.'),
  bind('end G', LISTS, { type: 'move-to', end: 'last' }, 'To the last row.'),

  bind('up', ['number'], UP, 'One more.'),
  bind('down', ['number'], DOWN, 'One less.'),
  bind('page-up', ['number'], { type: 'move', by: -10 }, 'Ten more.'),
  bind('page-down', ['number'], { type: 'move', by: 10 }, 'Ten less.'),

  bind('up k', TEXTS, ({ last }) => ({ type: 'scroll', by: -1, last }), 'Scroll up.'),
  bind('page-up', TEXTS, ({ page, last }) => ({ type: 'scroll', by: -page, last }), 'A page up.'),
  bind('page-down space', TEXTS, ({ page, last }) => ({ type: 'scroll', by: page, last }), 'A page down.'),
  bind('home', TEXTS, ({ last }) => ({ type: 'scroll', by: -last, last }), 'To the top.'),
  bind('end G', TEXTS, ({ last }) => ({ type: 'scroll', by: last, last }), 'To the end.'),

  bind('left', TYPED, { type: 'caret', to: 'left' }, 'One character to the left.'),
  bind('right', TYPED, { type: 'caret', to: 'right' }, 'One character to the right.'),
  bind('home ctrl+a', TYPED, { type: 'caret', to: 'start' }, 'To the start of the text.'),
  bind('end ctrl+e', TYPED, { type: 'caret', to: 'end' }, 'To the end of the text.'),
  bind('backspace ctrl+h', TYPED, { type: 'erase', what: 'before' }, 'Erase the character before.'),
  bind('delete ctrl+d', TYPED, { type: 'erase', what: 'after' }, 'Erase the character after.'),
  bind('ctrl+w', TYPED, { type: 'erase', what: 'word' }, 'Erase the word before.'),
  bind('ctrl+u', TYPED, { type: 'erase', what: 'all' }, 'Erase all of it.'),
];
