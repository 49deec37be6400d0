/** Which questions are still worth asking: those whose answer can change a decision that is not settled. */
import type { Id } from '../content/catalogue.ts';
import { askedQuestions } from './asked.ts';
import { decide, type Input } from './decide.ts';
import { type CompiledDecision, type Engine, isSingle } from './model.ts';
import { pinnedOptions } from './pins.ts';
import { standingOf } from './standing.ts';

export interface Decisive {
  /** Asked now, without an answer, and able to change a decision; in asking order. Required ones are always there. */
  readonly questions: readonly Id[];
  /** Decisions that only the ranking of drivers can still change, between options that are as good by the reasons. */
  readonly tossUps: readonly Id[];
}

/** What only breaks a tie is not worth a question; `unsure` is an answer, and is not asked again. */
export function decisiveQuestions(engine: Engine, input: Input): Decisive {
  const { root, movedBy } = standingOf(engine, input.answers, pinnedOptions(engine, input.pins));
  const open = engine.decisions.filter(({ index }) => !isSingle(root.picks[index]!));
  const drivers = engine.questions[engine.driversQuestion]?.question.id;
  const byDriversAlone = open.filter(({ index }) => movedBy[index]!.every(id => id === drivers));
  const tied = byDriversAlone.length === 0 ? [] : tiedDecisions(engine, input);
  const tossUps = byDriversAlone.filter(({ decision }) => tied.includes(decision.id));
  const matters = new Set(
    open.filter(one => !tossUps.includes(one)).flatMap(({ index }: CompiledDecision) => movedBy[index]!),
  );
  const required = new Set(engine.catalogue.questions.filter(one => one.required).map(({ id }) => id));
  return {
    questions: askedQuestions(engine, input.answers, input.pins).filter(
      id => !input.answers.has(id) && (matters.has(id) || required.has(id)),
    ),
    tossUps: tossUps.map(({ decision }) => decision.id),
  };
}

function tiedDecisions(engine: Engine, input: Input): readonly Id[] {
  return decide(engine, input).outcomes.flatMap(outcome =>
    outcome.status === 'decided' && outcome.tie !== null ? [outcome.decision] : [],
  );
}
