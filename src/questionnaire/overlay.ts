/** What is shown over a screen and closed again: help, the stack so far, the topics to go to. */
import type { Id } from '../content/catalogue.ts';
import type { Action } from './actions.ts';
import { applyFix, conflictOn, fixRows, LEAVE_ROW } from './conflict.ts';
import type { Context } from './context.ts';
import { cursorOr, endCursor, movedCursor, scrolled } from './cursor.ts';
import { goTo, projectScreen, toReview } from './route.ts';
import { askedQuestionsOf } from './rows.ts';
import { type Overlay, PROJECT_ROW, REVIEW_ROW, type RowKey, type State } from './state.ts';

export function showOverlay(state: State, kind: 'help' | 'stack' | 'topics', context: Context): State {
  if (state.overlay?.kind === kind) return { ...state, overlay: null };
  if (kind !== 'topics') return { ...state, overlay: { kind, scroll: 0 } };
  if (state.run === 0) return state;
  return { ...state, overlay: { kind, cursor: hereIn(state, context) } };
}

/** Topics with a question that applies, between the project details and the review. */
export function topicRows(state: State, context: Context): readonly RowKey[] {
  return [PROJECT_ROW, ...questionsByTopic(state, context).keys(), REVIEW_ROW];
}

export function questionsByTopic(state: State, context: Context): ReadonlyMap<Id, readonly Id[]> {
  const topicOf = new Map(context.catalogue.questions.map(question => [question.id, question.topic]));
  const topics = new Map<Id, Id[]>();
  for (const id of askedQuestionsOf(state, context)) {
    const topic = topicOf.get(id) ?? '';
    topics.set(topic, [...(topics.get(topic) ?? []), id]);
  }
  return topics;
}

export function updateOverlay(state: State, overlay: Overlay, action: Action, context: Context): State {
  const closed: State = { ...state, overlay: null };
  if (action.type === 'back') return closed;
  switch (overlay.kind) {
    case 'topics': {
      const keys = topicRows(state, context);
      const at = (cursor: RowKey | null): State => ({ ...state, overlay: { ...overlay, cursor } });
      return updateRows(state, keys, overlay.cursor, action, at, key => openTopic(closed, key, context));
    }
    case 'conflict':
      return updateConflict(state, overlay, action, context);
    default:
      if (action.type === 'accept') return closed;
      if (action.type !== 'scroll') return state;
      return { ...state, overlay: { ...overlay, scroll: scrolled(overlay.scroll, action.by, action.last) } };
  }
}

function updateConflict(
  state: State,
  overlay: Extract<Overlay, { kind: 'conflict' }>,
  action: Action,
  context: Context,
): State {
  const closed: State = { ...state, overlay: null };
  const conflict = conflictOn(state, context, overlay.decision);
  if (conflict === null) return closed;
  const keys = fixRows(conflict, context).map(row => row.key);
  const at = (cursor: RowKey | null): State => ({ ...state, overlay: { ...overlay, cursor } });
  return updateRows(state, keys, overlay.cursor, action, at, key => {
    const fix = conflict.fixes[Number(key)];
    return key === LEAVE_ROW || fix === undefined ? closed : applyFix(state, fix);
  });
}

function updateRows(
  state: State,
  keys: readonly RowKey[],
  cursor: RowKey | null,
  action: Action,
  at: (cursor: RowKey | null) => State,
  chosen: (key: RowKey) => State,
): State {
  const current = cursorOr(keys, cursor);
  switch (action.type) {
    case 'move':
      return at(movedCursor(keys, current, action.by));
    case 'move-to':
      return at(endCursor(keys, action.end));
    case 'pick': {
      const key = keys[action.row];
      return key === undefined ? state : chosen(key);
    }
    case 'accept':
    case 'next':
      return current === null ? state : chosen(current);
    default:
      return state;
  }
}

/** Its first question without an answer, else its first. */
function openTopic(state: State, key: RowKey, context: Context): State {
  if (key === PROJECT_ROW) return goTo(state, projectScreen(state, 'name'));
  if (key === REVIEW_ROW) return toReview(state);
  const questions = questionsByTopic(state, context).get(key) ?? [];
  const question = questions.find(id => !Object.hasOwn(state.answers, id)) ?? questions[0];
  return question === undefined ? state : goTo(state, { at: 'question', question });
}

function hereIn(state: State, context: Context): RowKey {
  if (state.screen.at === 'project') return PROJECT_ROW;
  if (state.screen.at !== 'question') return REVIEW_ROW;
  const here = state.screen.question;
  return context.catalogue.questions.find(({ id }) => id === here)?.topic ?? PROJECT_ROW;
}
