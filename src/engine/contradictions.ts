/** Answers that leave an option which cannot be built as they ask: the content says which. */
import type { Id } from '../content/catalogue.ts';
import { type CompiledCondition, type CompiledDecision, type Engine, type State, YES } from './model.ts';
import type { Pins } from './outcome.ts';

/** The first one that holds for certain. */
export function contradictionIn(
  { applies, contradictions }: CompiledDecision,
  state: State,
): CompiledDecision['contradictions'][number] | undefined {
  if (applies.test(state) !== YES) return undefined;
  return contradictions.find(({ condition }) => condition.test(state) === YES);
}

/** What a contradiction itself reads: answers, and pins of decisions. */
export function namedBy(
  engine: Engine,
  pins: Pins,
  { questions, decisions }: CompiledCondition,
): { readonly questions: readonly Id[]; readonly pins: readonly Id[] } {
  const read = new Set(questions.map(({ index }) => engine.questions[index]?.question.id));
  const picked = new Set(decisions.map(({ index }) => engine.decisions[index]?.decision.id));
  return {
    questions: engine.catalogue.questions.map(({ id }) => id).filter(id => read.has(id)),
    pins: engine.catalogue.decisions.map(({ id }) => id).filter(id => picked.has(id) && pins.has(id)),
  };
}
