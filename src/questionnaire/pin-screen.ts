/** One decision opened: its explanation, and pinning another option with the user's own reason. */
import type { Decision, Id } from '../content/catalogue.ts';
import { checkFreeText } from '../content/text.ts';
import type { Outcome, Pin, RuledOut } from '../engine/outcome.ts';
import type { Action } from './actions.ts';
import type { Context } from './context.ts';
import { cursorOr, endCursor, movedCursor, scrolled } from './cursor.ts';
import { inputOf, outcomeOf } from './result.ts';
import { jump, returnFrom } from './route.ts';
import {
  type DecisionScreen,
  PIN_TEXTS,
  type PinScreen,
  type PinText,
  type RowKey,
  type State,
} from './state.ts';
import { draftOf, editText } from './text-draft.ts';

/** Instead of an option: the advice as it is. */
export const ADVICE_ROW = ':advice';

export function updateDecision(
  state: State,
  screen: DecisionScreen,
  action: Action,
  context: Context,
): State {
  switch (action.type) {
    case 'scroll':
      return { ...state, screen: { ...screen, scroll: scrolled(screen.scroll, action.by, action.last) } };
    case 'pin':
      return openPin(state, screen.decision, context);
    case 'unpin':
      return unpin(state, screen.decision);
    case 'back':
    case 'accept':
      return returnFrom(state) ?? state;
    default:
      return state;
  }
}

function openPin(state: State, decision: Id, context: Context): State {
  if (outcomeOf(state, context, decision)?.status === 'not-needed') {
    return problem(state, 'Not needed with these answers, so there is nothing to pin.');
  }
  const pin = state.pins[decision];
  const texts = Object.fromEntries(PIN_TEXTS.map(text => [text, draftOf(pin?.[text] ?? '')]));
  return jump(state, {
    at: 'pin',
    decision,
    step: 'option',
    cursor: pin?.choose ?? null,
    texts: texts as PinScreen['texts'],
  });
}

function unpin(state: State, decision: Id): State {
  if (!Object.hasOwn(state.pins, decision)) return problem(state, 'Nothing is pinned here.');
  const { [decision]: _, ...pins } = state.pins;
  return { ...state, pins, notice: { tone: 'info', text: 'The pin is gone; the advice holds again.' } };
}

/** Options that could be picked or were ruled out, best first; those that do not apply at all are left out. */
export function pinRows(state: State, decision: Decision, context: Context): readonly RowKey[] {
  const outcome = outcomeOf(state, context, decision.id);
  const known = outcome === null ? [] : optionsOf(outcome);
  const advice = Object.hasOwn(state.pins, decision.id) ? [ADVICE_ROW] : [];
  return [...known, ...advice];
}
function optionsOf(outcome: Outcome): readonly Id[] {
  switch (outcome.status) {
    case 'not-needed':
      return [];
    case 'impossible':
      return [...new Set(outcome.ruledOut.map(({ option }) => option))];
    case 'decided':
      return [...new Set([...outcome.tally, ...outcome.ruledOut].map(({ option }) => option))];
  }
}

export function updatePin(state: State, screen: PinScreen, action: Action, context: Context): State {
  const decision = context.catalogue.decisions.find(({ id }) => id === screen.decision);
  if (decision === undefined) return returnFrom(state) ?? state;
  if (screen.step !== 'option') return updateText(state, screen, screen.step, action, context);
  const rows = pinRows(state, decision, context);
  const current = cursorOr(rows, screen.cursor);
  const at = (cursor: RowKey | null): State => ({ ...state, screen: { ...screen, cursor } });
  switch (action.type) {
    case 'move':
      return at(movedCursor(rows, current, action.by));
    case 'move-to':
      return at(endCursor(rows, action.end));
    case 'pick':
      return choose(state, screen, rows[action.row] ?? null);
    case 'accept':
    case 'next':
      return choose(state, screen, current);
    case 'back':
      return returnFrom(state) ?? state;
    default:
      return state;
  }
}

function choose(state: State, screen: PinScreen, key: RowKey | null): State {
  if (key === null) return state;
  if (key === ADVICE_ROW) return unpin(returnFrom(state) ?? state, screen.decision);
  return { ...state, screen: { ...screen, cursor: key, step: 'because' } };
}

function updateText(state: State, screen: PinScreen, step: PinText, action: Action, context: Context): State {
  switch (action.type) {
    case 'type':
    case 'erase':
    case 'caret': {
      const texts = { ...screen.texts, [step]: editText(screen.texts[step], action) };
      return { ...state, screen: { ...screen, texts } };
    }
    case 'accept':
    case 'next':
      return acceptText(state, screen, step, context);
    case 'back': {
      const steps = stepsOf(against(state, screen, context));
      const previous = steps[steps.indexOf(step) - 1] ?? 'option';
      return { ...state, screen: { ...screen, step: previous } };
    }
    default:
      return state;
  }
}

function acceptText(state: State, screen: PinScreen, step: PinText, context: Context): State {
  const wrong = textProblem(step, screen.texts[step].text.trim(), context);
  if (wrong !== null) return problem(state, wrong);
  const steps = stepsOf(against(state, screen, context));
  const next = steps[steps.indexOf(step) + 1];
  if (next !== undefined) return { ...state, screen: { ...screen, step: next } };
  const pins = { ...state.pins, [screen.decision]: pinOf(screen, steps) };
  return { ...(returnFrom(state) ?? state), pins, notice: { tone: 'info', text: 'Pinned.' } };
}

function textProblem(step: PinText, text: string, context: Context): string | null {
  if (step === 'expires') {
    if (!isDay(text)) return 'Write a day as YYYY-MM-DD.';
    return text > context.today ? null : `Write a day after ${context.today}.`;
  }
  const wrong = checkFreeText(text);
  return wrong === null ? null : `This text ${wrong.message}. ${wrong.help}`;
}

/** The 30th of February has the form of a day and is none. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The hard rule that the option under the cursor goes against; each kind asks for something more than a reason. */
export function against(state: State, screen: PinScreen, context: Context): RuledOut | null {
  if (screen.cursor === null) return null;
  const input = inputOf(state, context);
  const trial: Pin = { choose: screen.cursor, because: 'trial' };
  const stack = context.advisor.decide({
    ...input,
    pins: new Map([...input.pins, [screen.decision, trial]]),
  });
  const outcome = stack.outcomes.find(({ decision }) => decision === screen.decision);
  return outcome?.status === 'decided' ? (outcome.pinned?.against ?? null) : null;
}

function stepsOf(rule: RuledOut | null): readonly PinText[] {
  if (rule?.kind === 'unsupported') return ['because', 'owner'];
  if (rule?.kind === 'forbidden') return ['because', 'approver', 'expires'];
  return ['because'];
}

function pinOf(screen: PinScreen, steps: readonly PinText[]): Pin {
  const texts = Object.fromEntries(steps.map(step => [step, screen.texts[step].text.trim()]));
  return { choose: screen.cursor ?? '', because: '', ...texts };
}

function problem(state: State, text: string): State {
  return { ...state, notice: { tone: 'problem', text } };
}
