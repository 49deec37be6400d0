/** The one reducer: a state and what happened give the next state, with all that the shell then has to do. */
import { UNSURE } from '../content/catalogue.ts';
import type { Action } from './actions.ts';
import { withConflict } from './conflict.ts';
import { type Context, questionOf } from './context.ts';
import { scrolled } from './cursor.ts';
import { showOverlay, updateOverlay } from './overlay.ts';
import { updateDecision, updatePin } from './pin-screen.ts';
import { setDetail, updateProject } from './project-screen.ts';
import { accepted, updateQuestion } from './question-screen.ts';
import { toUnanswered, updateReview } from './review-screen.ts';
import { beforeReview, changePace, goTo, returnFrom, toReview } from './route.ts';
import { type SavedRun, toSaved } from './saved-run.ts';
import { offered, opened, updateStart } from './start-screen.ts';
import type { Effect, State } from './state.ts';
import { answersSaved, openWrite, planned, updateWrite, written } from './write-screen.ts';

export function update(state: State, action: Action, context: Context): State {
  if (state.left !== null) return state.effects.length === 0 ? state : { ...state, effects: [] };
  const before: State = { ...state, effects: [], notice: keepsNotice(action) ? state.notice : null };
  const after = withConflict(before, step(before, action, context), context);
  return saved(before, settling(before, after), context);
}

/** The same actions on the same state always end in the same state. */
export function replay(state: State, actions: readonly Action[], context: Context): State {
  return actions.reduce((current, action) => update(current, action, context), state);
}

function step(state: State, action: Action, context: Context): State {
  switch (action.type) {
    case 'interrupt':
      return interrupted(state);
    case 'offered':
      return offered(state, action.runs);
    case 'opened':
      return opened(state, action.report, context);
    case 'planned':
      return planned(state, action.request, action.report);
    case 'settled':
      return { ...state, settled: action.decisions };
    case 'progress':
      if (state.screen.at !== 'write') return state;
      return { ...state, screen: { ...state.screen, progress: action.progress } };
    case 'written':
      return leftAfterWriting(written(state, action.report));
    case 'answers-saved':
      return leftAfterWriting(answersSaved(state, action.report));
    case 'trouble':
      return { ...state, notice: { tone: 'problem', text: action.message } };
    default:
      return inRun(state, action, context);
  }
}

function inRun(state: State, action: Action, context: Context): State {
  switch (action.type) {
    case 'show':
      return showOverlay(state, action.overlay, context);
    case 'leave':
      if (busy(state)) return interrupted(state);
      return { ...state, left: { exitCode: 0, how: state.run === 0 ? 'finished' : 'saved' } };
    case 'answer': {
      const question = questionOf(context, action.question);
      return question === null ? state : accepted(state, question, action.answer, context);
    }
    case 'detail':
      return state.run === 0 ? state : setDetail(state, action.field, action.text);
    case 'go-to':
      if (state.run === 0 || questionOf(context, action.question) === null) return state;
      return goTo({ ...state, overlay: null }, { at: 'question', question: action.question });
    case 'review':
      return state.run === 0 || busy(state) ? state : toReview({ ...state, overlay: null });
    case 'unanswered':
      return state.run === 0 || busy(state) ? state : toUnanswered({ ...state, overlay: null }, context);
    case 'pace':
      return paced(state) ? changePace({ ...state, overlay: null }, context) : state;
    case 'write':
      if (state.run === 0 || state.screen.at === 'write') return state;
      return openWrite(toReview({ ...state, overlay: null }), context);
    default:
      return state.overlay === null
        ? onScreen(state, action, context)
        : updateOverlay(state, state.overlay, action, context);
  }
}

function onScreen(state: State, action: Action, context: Context): State {
  const { screen } = state;
  switch (screen.at) {
    case 'start':
      return updateStart(state, screen, action, context);
    case 'project':
      return updateProject(state, screen, action, context);
    case 'question': {
      const question = questionOf(context, screen.question);
      return question === null ? toReview(state) : updateQuestion(state, question, action, context);
    }
    case 'review':
      return updateReview(state, screen, action, context);
    case 'decision':
      return updateDecision(state, screen, action, context);
    case 'pin':
      return updatePin(state, screen, action, context);
    case 'write':
      return updateWrite(state, screen, action, context);
    case 'assumed':
      if (action.type === 'accept' || action.type === 'next') return toReview(state);
      if (action.type === 'back') return beforeReview(state, context);
      if (action.type !== 'scroll') return state;
      return { ...state, screen: { ...screen, scroll: scrolled(screen.scroll, action.by, action.last) } };
    case 'done':
      if (action.type === 'accept') return finished(state, screen.report.exitCode);
      if (action.type === 'back') return returnFrom(state) ?? toReview(state);
      if (action.type !== 'scroll') return state;
      return { ...state, screen: { ...screen, scroll: scrolled(screen.scroll, action.by, action.last) } };
  }
}

/** Where questions are answered or looked over. */
function paced({ run, screen }: State): boolean {
  return run !== 0 && ['question', 'review', 'decision', 'assumed'].includes(screen.at);
}

/** Writing is let finish; asked a second time it is left at once. */
function interrupted(state: State): State {
  if (state.screen.at === 'done') return finished(state, state.screen.report.exitCode);
  if (busy(state) && !state.leaving) {
    return { ...state, leaving: true, notice: { tone: 'info', text: 'Leaving once the files are written.' } };
  }
  return { ...state, left: { exitCode: 130, how: 'interrupted' } };
}
function busy(state: State): boolean {
  return state.screen.at === 'write' && state.screen.step === 'writing';
}
function leftAfterWriting(state: State): State {
  if (!state.leaving || busy(state)) return state;
  return { ...state, left: { exitCode: 130, how: 'interrupted' } };
}
function finished(state: State, exitCode: number): State {
  return { ...state, left: { exitCode, how: 'finished' } };
}

/** What the user has not read yet is not wiped by a report that comes in between. */
function keepsNotice(action: Action): boolean {
  return action.type === 'offered' || action.type === 'progress' || action.type === 'settled';
}

/** More answers leave settled what was; any other change makes it unknown until it was found out again. */
function settling(before: State, after: State): State {
  if (before.answers === after.answers && before.pins === after.pins && before.run === after.run)
    return after;
  const effects: readonly Effect[] = [...after.effects, { type: 'settle' }];
  return { ...after, effects, settled: onlyAdds(before, after) ? after.settled : [] };
}
function onlyAdds(before: State, after: State): boolean {
  if (before.run !== after.run || before.pins !== after.pins) return false;
  return Object.entries(before.answers).every(
    ([id, answer]) => answer === UNSURE || after.answers[id] === answer,
  );
}

/** Saves the run whenever something of it changed; moving a cursor changes nothing. */
function saved(before: State, after: State, context: Context): State {
  if (after.run === 0 || after.screen.at === 'done') return after;
  const run = toSaved(after, context);
  const changed = before.run !== after.run || fingerprint(toSaved(before, context)) !== fingerprint(run);
  if (!changed) return after;
  const effect: Effect = { type: 'save-run', run };
  return { ...after, effects: [effect, ...after.effects] };
}
function fingerprint(run: SavedRun): string {
  return JSON.stringify(run, (key, value: unknown) =>
    key === 'cursor' || key === 'caret' ? undefined : value,
  );
}
