/** Which questions can have any influence on a decision, whatever is answered. */
import type { Id } from '../content/catalogue.ts';
import { setOpen } from './answers.ts';
import {
  type CompiledDecision,
  type CompiledQuestion,
  type Engine,
  NOTHING,
  newState,
  type State,
} from './model.ts';
import { conditionsOf, readsOf } from './order.ts';
import { mayBeStuck } from './stuck.ts';

/**
 * In asking order: those that the decision reads, directly or through earlier decisions; and those that any decision
 * reads which may be left without an option by a pick made for one of these, since that moves the pick as well.
 */
export function influences(engine: Engine, decision: CompiledDecision): readonly CompiledQuestion[] {
  const askedWhen = new Map(engine.catalogue.questions.map(question => [question.id, question.askedWhen]));
  const questions = new Set<Id>();
  const decisions = new Set<number>();
  const visit = (compiled: CompiledDecision): void => {
    if (decisions.has(compiled.index)) return;
    decisions.add(compiled.index);
    const reads = readsOf(conditionsOf(compiled.decision), askedWhen);
    for (const question of reads.questions) questions.add(question);
    for (const id of reads.decisions) {
      const earlier = engine.decisions[engine.decisionIndex.get(id) ?? -1];
      if (earlier !== undefined) visit(earlier);
    }
  };
  visit(decision);
  const stuckable = stuckableDecisions(engine);
  for (let size = -1; size !== decisions.size; ) {
    size = decisions.size;
    for (const one of stuckable) if (one.availabilityReads.some(read => decisions.has(read))) visit(one);
  }
  return engine.questions.filter(
    ({ question, index }) => index === engine.driversQuestion || questions.has(question.id),
  );
}

/** Decisions that could be left without an option if answers and earlier picks could be combined at will. */
function stuckableDecisions(engine: Engine): readonly CompiledDecision[] {
  const state = everythingOpen(engine);
  return engine.decisions.filter(decision => mayBeStuck(engine, decision, state, null));
}

function everythingOpen(engine: Engine): State {
  const state = newState(engine);
  for (const question of engine.questions) {
    setOpen(state, question);
    state.may[question.index] = question.domain | NOTHING;
  }
  for (const decision of engine.decisions) state.picks[decision.index] = decision.allOptions | NOTHING;
  return state;
}
