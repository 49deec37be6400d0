/** What a run comes to: the content of its answers file, and the advice for it. */
import type { Answer, Answers, Id } from '../content/catalogue.ts';
import type { Outcome, Stack } from '../engine/outcome.ts';
import type { AdviceInput, Context } from './context.ts';
import type { RunResult } from './effects.ts';
import { projectOf } from './project-fields.ts';
import type { State } from './state.ts';

/** Also answers to questions that no longer apply: they can be what keeps an option, and with it their question, away. */
export function answersOf(state: State, context: Context): Answers {
  return new Map(context.catalogue.questions.flatMap(({ id }) => entryOf(state, id)));
}
function entryOf(state: State, id: Id): [Id, Answer][] {
  const answer = Object.hasOwn(state.answers, id) ? state.answers[id] : undefined;
  return answer === undefined ? [] : [[id, answer]];
}

export function resultOf(state: State, context: Context): RunResult {
  return {
    asOf: state.asOf,
    project: projectOf(state.project),
    answers: answersOf(state, context),
    pins: new Map(Object.entries(state.pins)),
  };
}

export function inputOf(state: State, context: Context): AdviceInput {
  return {
    answers: answersOf(state, context),
    pins: new Map(Object.entries(state.pins)),
    asOf: state.asOf,
  };
}

/** Decisions that no remaining answer can change. Slow: asked once the user pauses. */
export function settledIn(state: State, context: Context): readonly Id[] {
  return [...context.advisor.settled(inputOf(state, context))].flatMap(([id, { settled }]) =>
    settled ? [id] : [],
  );
}

export function stackOf(state: State, context: Context): Stack {
  return context.advisor.decide(inputOf(state, context));
}
export function outcomeOf(state: State, context: Context, decision: Id): Outcome | null {
  return stackOf(state, context).outcomes.find(outcome => outcome.decision === decision) ?? null;
}
