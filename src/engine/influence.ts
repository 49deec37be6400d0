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
import type { PinnedOptions } from './search.ts';
import { mayBeStuck } from './stuck.ts';

/** What a decision reads, directly and through earlier decisions. */
export interface Reach {
  readonly questions: Set<Id>;
  /** Indices, the decision itself among them. */
  readonly decisions: Set<number>;
}

export function reachOf(engine: Engine, decision: CompiledDecision): Reach {
  const reach: Reach = { questions: new Set(), decisions: new Set() };
  widen(engine, reach, decision);
  return reach;
}

function widen(engine: Engine, reach: Reach, decision: CompiledDecision): void {
  if (reach.decisions.has(decision.index)) return;
  reach.decisions.add(decision.index);
  const askedWhen = new Map(engine.catalogue.questions.map(question => [question.id, question.askedWhen]));
  const reads = readsOf(conditionsOf(decision.decision), askedWhen);
  for (const question of reads.questions) reach.questions.add(question);
  for (const id of reads.decisions) {
    const earlier = engine.decisions[engine.decisionIndex.get(id) ?? -1];
    if (earlier !== undefined) widen(engine, reach, earlier);
  }
}

/**
 * In asking order: those that the decision reads, directly or through earlier decisions; and those that any decision
 * reads which may be left without an option by a pick made for one of these, since that moves the pick as well.
 */
export function influences(
  engine: Engine,
  decision: CompiledDecision,
  pins: PinnedOptions,
): readonly CompiledQuestion[] {
  const reach = reachOf(engine, decision);
  const state = everythingOpen(engine);
  const stuckable = engine.decisions.filter(
    one => pins[one.index]! < 0 && mayBeStuck(engine, one, state, pins),
  );
  for (let size = -1; size !== reach.decisions.size; ) {
    size = reach.decisions.size;
    for (const one of stuckable) {
      if (one.availabilityReads.some(read => reach.decisions.has(read))) widen(engine, reach, one);
    }
  }
  return engine.questions.filter(
    ({ question, index }) => index === engine.driversQuestion || reach.questions.has(question.id),
  );
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
