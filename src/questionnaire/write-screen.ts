/** Writing: what, where, a plan of the files first, then progress. Nothing is written before the plan was agreed to. */

import type { Action } from './actions.ts';
import type { Context } from './context.ts';
import { cursorOr, endCursor, movedCursor, scrolled } from './cursor.ts';
import type { PlanReport, SaveReport, WriteReport, WriteRequest } from './effects.ts';
import { fieldProblems } from './project-fields.ts';
import { jump, projectScreen, requiredUnanswered, returnFrom, toReview } from './route.ts';
import type { RowKey, State, Target, WriteScreen } from './state.ts';
import { draftOf, editText } from './text-draft.ts';

export const TARGETS: readonly Target[] = ['everything', 'adr', 'starter', 'answers'];
export const ELSEWHERE_ROW = ':elsewhere';
export const BESIDE_ROW = ':beside';
export const OCCUPIED_ROWS: readonly RowKey[] = [ELSEWHERE_ROW, BESIDE_ROW];

/** From the review; leads to what is missing first. */
export function openWrite(state: State, context: Context): State {
  const wrong = [...fieldProblems(state.project).values()][0];
  if (wrong !== undefined) {
    return problem(jump(state, projectScreen(state, 'name')), wrong);
  }
  const missing = requiredUnanswered(state, context);
  if (missing !== null) {
    const asked = jump(state, { at: 'question', question: missing });
    return problem(asked, 'This answer is needed before anything can be written.');
  }
  return jump(state, {
    at: 'write',
    step: 'what',
    target: 'everything',
    path: null,
    intoExisting: false,
    cursor: null,
    scroll: 0,
    plan: null,
    progress: null,
    failure: null,
  });
}

export function updateWrite(state: State, screen: WriteScreen, action: Action, context: Context): State {
  switch (screen.step) {
    case 'what':
      return updateList(state, screen, TARGETS, action, target => choose(state, screen, target, context));
    case 'where':
      return updatePath(state, screen, action);
    case 'planning':
      return action.type === 'back' ? to(state, screen, 'where') : state;
    case 'occupied':
      return updateList(state, screen, OCCUPIED_ROWS, action, key =>
        key === BESIDE_ROW ? plan(state, { ...screen, intoExisting: true }) : to(state, screen, 'where'),
      );
    case 'plan':
      return updatePlan(state, screen, action);
    case 'writing':
      return action.type === 'back' ? problem(state, 'The files are being written.') : state;
    case 'failed':
      return action.type === 'back' || action.type === 'accept' ? to(state, screen, 'where') : state;
  }
}

function updateList<Key extends RowKey>(
  state: State,
  screen: WriteScreen,
  keys: readonly Key[],
  action: Action,
  chosen: (key: Key) => State,
): State {
  const current = cursorOr(keys, screen.cursor);
  const at = (cursor: RowKey | null): State => ({ ...state, screen: { ...screen, cursor } });
  const choice = (key: RowKey | null | undefined): State => {
    const found = keys.find(candidate => candidate === key);
    return found === undefined ? state : chosen(found);
  };
  switch (action.type) {
    case 'move':
      return at(movedCursor(keys, current, action.by));
    case 'move-to':
      return at(endCursor(keys, action.end));
    case 'pick':
      return choice(keys[action.row]);
    case 'accept':
    case 'next':
      return choice(current);
    case 'back':
      return screen.step === 'occupied' ? to(state, screen, 'where') : (returnFrom(state) ?? state);
    default:
      return state;
  }
}

/** A path that the user typed stays, unless a file is now wanted in place of a directory or the other way round. */
function choose(state: State, screen: WriteScreen, target: Target, context: Context): State {
  const sameKind = (screen.target === 'answers') === (target === 'answers');
  const suggested =
    target === 'answers' ? './answers.yaml' : context.suggestDirectory(state.project.name ?? '');
  const path = sameKind && screen.path !== null ? screen.path : draftOf(suggested);
  return to(state, { ...screen, target, path, cursor: target }, 'where');
}

function updatePath(state: State, screen: WriteScreen, action: Action): State {
  switch (action.type) {
    case 'type':
    case 'erase':
    case 'caret':
      return {
        ...state,
        screen: { ...screen, path: editText(screen.path ?? draftOf(''), action), intoExisting: false },
      };
    case 'accept':
    case 'next':
      if (pathOf(screen) === '') return problem(state, 'Type where to write.');
      if (screen.target !== 'answers') return plan(state, screen);
      return {
        ...to(state, screen, 'writing'),
        effects: [{ type: 'save-answers', path: pathOf(screen) }],
      };
    case 'back':
      return to(state, { ...screen, cursor: screen.target }, 'what');
    default:
      return state;
  }
}

function plan(state: State, screen: WriteScreen): State {
  const request = requestOf(screen);
  if (request === null) return state;
  return { ...to(state, screen, 'planning'), effects: [{ type: 'plan', request }] };
}

function updatePlan(state: State, screen: WriteScreen, action: Action): State {
  const request = requestOf(screen);
  switch (action.type) {
    case 'scroll':
      return { ...state, screen: { ...screen, scroll: scrolled(screen.scroll, action.by, action.last) } };
    case 'accept':
      if (request === null) return state;
      return { ...to(state, screen, 'writing'), effects: [{ type: 'write', request }] };
    case 'back':
      return to(state, screen, 'where');
    default:
      return state;
  }
}

/** Null where the answers file alone is wanted. */
function requestOf(screen: WriteScreen): WriteRequest | null {
  if (screen.target === 'answers') return null;
  return { directory: pathOf(screen), what: screen.target, intoExisting: screen.intoExisting };
}

/** A report on another request than the present one comes too late and changes nothing. */
export function planned(state: State, request: WriteRequest, report: PlanReport): State {
  const { screen } = state;
  if (screen.at !== 'write' || screen.step !== 'planning') return state;
  if (JSON.stringify(request) !== JSON.stringify(requestOf(screen))) return state;
  const next: WriteScreen = { ...screen, plan: report, cursor: null, scroll: 0 };
  switch (report.status) {
    case 'ready':
      return to(state, next, 'plan');
    case 'occupied':
      return to(state, next, 'occupied');
    case 'refused':
      return to(state, { ...next, failure: report }, 'failed');
  }
}

export function written(state: State, report: WriteReport): State {
  const { screen } = state;
  if (screen.at !== 'write' || screen.step !== 'writing') return state;
  if (report.status === 'failed') return to(state, { ...screen, failure: report }, 'failed');
  return {
    ...state,
    screen: { at: 'done', report, scroll: 0 },
    effects: [{ type: 'forget-run', run: state.run }],
  };
}

export function answersSaved(state: State, report: SaveReport): State {
  const { screen } = state;
  if (screen.at !== 'write' || screen.step !== 'writing') return state;
  if (report.status === 'failed') return to(state, { ...screen, failure: report }, 'failed');
  return { ...toReview(state), notice: { tone: 'info', text: `The answers are in ${report.path}.` } };
}

function to(state: State, screen: WriteScreen, step: WriteScreen['step']): State {
  return { ...state, screen: { ...screen, step } };
}
function pathOf(screen: WriteScreen): string {
  return screen.path?.text.trim() ?? '';
}
function problem(state: State, text: string): State {
  return { ...state, notice: { tone: 'problem', text } };
}
