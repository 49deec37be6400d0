/** Answers and pins that cannot hold together: shown at the answer that causes it, with changes that resolve it. */
import type { Id } from '../content/catalogue.ts';
import { answerInWords } from '../content/prose.ts';
import type { Conflict, Fix } from '../engine/conflicts.ts';
import { type Context, questionOf } from './context.ts';
import { labelOf } from './preview.ts';
import { inputOf } from './result.ts';
import { jump } from './route.ts';
import { PIN_TEXTS, type PinScreen, type RowKey, type State } from './state.ts';
import { draftOf } from './text-draft.ts';

/** Leave it for now: the review names it, and nothing of it is written. */
export const LEAVE_ROW = ':leave';

export interface FixRow {
  readonly key: RowKey;
  readonly label: string;
  readonly aside: string;
}

export function conflictOn(state: State, context: Context, decision: Id): Conflict | null {
  return conflictsIn(state, context).find(conflict => conflict.decision === decision) ?? null;
}
function conflictsIn(state: State, context: Context): readonly Conflict[] {
  return context.advisor.conflicts(inputOf(state, context));
}

/** After a change of answers or pins: what it has broken is shown at once. */
export function withConflict(before: State, after: State, context: Context): State {
  if (after.run === 0 || (before.answers === after.answers && before.pins === after.pins)) return after;
  const nameOf = ({ decision, kind }: Conflict): string => `${decision} ${kind}`;
  const known = before.run === after.run ? conflictsIn(before, context).map(nameOf) : [];
  const fresh = conflictsIn(after, context).find(conflict => !known.includes(nameOf(conflict)));
  if (fresh === undefined) return after;
  return { ...after, overlay: { kind: 'conflict', decision: fresh.decision, cursor: null } };
}

export function conflictTexts(conflict: Conflict, state: State, context: Context): readonly string[] {
  const title = titleOf(context, conflict.decision);
  const pinned = state.pins[conflict.decision];
  const head =
    conflict.kind === 'contradiction'
      ? `${title}: ${conflict.because ?? ''} These cannot hold together:`
      : conflict.kind === 'no-option' || pinned === undefined
        ? `${title}: no option is left. These cannot hold together:`
        : `${title}: ${labelOf(context, conflict.decision, pinned.choose)} is pinned and impossible. These cannot hold together:`;
  const answers = conflict.questions.map(id => {
    const question = questionOf(context, id);
    const answer = state.answers[id] ?? question?.assume ?? null;
    return question === null || answer === null ? id : `${question.ask} ${answerInWords(question, answer)}`;
  });
  const pins = conflict.pins.map(id => `The pin on ${titleOf(context, id)}`);
  return [head, ...answers.map(text => `- ${text}`), ...pins.map(text => `- ${text}`)];
}

export function fixRows(conflict: Conflict, context: Context): readonly FixRow[] {
  const rows = conflict.fixes.map((fix, index) => ({
    key: String(index),
    label: fixInWords(fix, context),
    aside: effectInWords(fix, conflict.decision, context),
  }));
  return [...rows, { key: LEAVE_ROW, label: 'Leave it for now', aside: '' }];
}

function fixInWords({ changes, pins }: Fix, context: Context): string {
  const answers = changes.map(({ question: id, answer }) => {
    const question = questionOf(context, id);
    return question === null ? id : `answer "${question.ask}" with ${answerInWords(question, answer)}`;
  });
  const moved = pins.map(({ decision, to }) =>
    to === null
      ? `take the pin on ${titleOf(context, decision)} away`
      : `pin ${labelOf(context, decision, to)} for ${titleOf(context, decision)} instead`,
  );
  const text = [...answers, ...moved].join(' and ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function effectInWords({ pick, moves }: Fix, decision: Id, context: Context): string {
  const then = labelOf(context, decision, pick) ?? 'not needed';
  const others = moves === 1 ? '1 decision moves' : `${moves} decisions move`;
  return `${titleOf(context, decision)}: ${then}; ${others}`;
}

/** A pin that moves to another option needs a reason of its own: it is asked for. */
export function applyFix(state: State, fix: Fix): State {
  const answers = { ...state.answers };
  for (const { question, answer } of fix.changes) answers[question] = answer;
  const gone = fix.pins.map(({ decision }) => decision);
  const pins = Object.fromEntries(Object.entries(state.pins).filter(([id]) => !gone.includes(id)));
  const drafts = Object.fromEntries(
    Object.entries(state.drafts).filter(([id]) => !fix.changes.some(({ question }) => question === id)),
  );
  const changed: State = { ...state, answers, pins, drafts, overlay: null };
  const moved = fix.pins.find(({ to }) => to !== null);
  if (moved === undefined) return changed;
  const texts = Object.fromEntries(PIN_TEXTS.map(text => [text, draftOf('')])) as PinScreen['texts'];
  return jump(changed, { at: 'pin', decision: moved.decision, step: 'because', cursor: moved.to, texts });
}

function titleOf(context: Context, decision: Id): string {
  return context.catalogue.decisions.find(({ id }) => id === decision)?.title ?? decision;
}
