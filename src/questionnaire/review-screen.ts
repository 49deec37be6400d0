/** The review: every decision, and every answer with its project details; each can be opened. */
import type { Id } from '../content/catalogue.ts';
import type { Action } from './actions.ts';
import type { Context } from './context.ts';
import { cursorOr, endCursor, movedCursor } from './cursor.ts';
import { beforeReview, firstUnanswered, jump, projectScreen } from './route.ts';
import { askedQuestionsOf } from './rows.ts';
import { PROJECT_ROW, type ReviewScreen, type RowKey, type State } from './state.ts';

export function reviewKeys(state: State, screen: ReviewScreen, context: Context): readonly RowKey[] {
  return screen.section === 'decisions'
    ? context.catalogue.decisions.map(decision => decision.id)
    : [PROJECT_ROW, ...askedQuestionsOf(state, context), ...hiddenAnswers(state, context)];
}

/** Answered, and no longer asked: still to be looked at and changed. */
export function hiddenAnswers(state: State, context: Context): readonly Id[] {
  const asked = new Set(askedQuestionsOf(state, context));
  return context.catalogue.questions
    .map(({ id }) => id)
    .filter(id => Object.hasOwn(state.answers, id) && !asked.has(id));
}

export function updateReview(state: State, screen: ReviewScreen, action: Action, context: Context): State {
  const keys = reviewKeys(state, screen, context);
  const current = cursorOr(keys, screen.cursors[screen.section]);
  const at = (cursor: RowKey | null): State => ({
    ...state,
    screen: { ...screen, cursors: { ...screen.cursors, [screen.section]: cursor } },
  });
  switch (action.type) {
    case 'move':
      return at(movedCursor(keys, current, action.by));
    case 'move-to':
      return at(endCursor(keys, action.end));
    case 'pick': {
      const key = keys[action.row];
      return key === undefined ? state : open(at(key), screen, key);
    }
    case 'accept':
      return current === null ? state : open(at(current), screen, current);
    case 'pin':
      return screen.section === 'decisions' && current !== null ? open(at(current), screen, current) : state;
    case 'section':
    case 'next':
      return {
        ...state,
        screen: { ...screen, section: screen.section === 'decisions' ? 'answers' : 'decisions' },
      };
    case 'back':
      return beforeReview(state, context);
    default:
      return state;
  }
}

function open(state: State, screen: ReviewScreen, key: RowKey): State {
  if (key === PROJECT_ROW) return jump(state, projectScreen(state, 'name'));
  return screen.section === 'decisions'
    ? jump(state, { at: 'decision', decision: key, scroll: 0 })
    : jump(state, { at: 'question', question: key });
}

export function toUnanswered(state: State, context: Context): State {
  const question: Id | null = firstUnanswered(state, context);
  if (question === null) return { ...state, notice: { tone: 'info', text: 'Every question has an answer.' } };
  return jump(state, { at: 'question', question });
}
