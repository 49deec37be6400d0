/**
 * Whether an option leaves the later decisions an option: the circuit's side of what src/engine/search.ts does by going
 * back. An option is viable where some picks of the later decisions give each of them an option.
 */
import type { Condition, Id } from '../content/catalogue.ts';
import type { CompiledDecision, Engine } from '../engine/model.ts';
import { readsOf } from '../engine/order.ts';
import { and, any, type Circuit, FALSE, type Literal, not, TRUE } from '../logic/circuit.ts';
import type { AnswerSpace } from './answer-space.ts';
import {
  type Availability,
  encodeAvailability,
  encodeCondition,
  found,
  type Readable,
} from './encode-condition.ts';

export type Viability = (before: Readable, decision: CompiledDecision, option: number) => Literal;

/** `members`: indices of the decisions whose picks can get in each other's way; those of others always can go on. */
export function viabilityOf(
  circuit: Circuit,
  engine: Engine,
  space: AnswerSpace,
  members: ReadonlySet<number>,
): Viability {
  const order = engine.decisions.filter(({ index }) => members.has(index));
  const availability = futureAvailability(circuit, engine, space);

  /** True where the members from `position` on can all have an option. */
  function canGoOn(before: Readable, position: number): Literal {
    const decision = order[position];
    if (decision === undefined) return TRUE;
    const { applies, available } = availability(before, decision);
    const withPick = (option: number | null): Literal =>
      canGoOn(withConstant(before, decision, option), position + 1);
    const ways = available.map((literal, option) =>
      literal === FALSE ? FALSE : and(circuit, literal, withPick(option)),
    );
    return any(circuit, [...ways, applies === TRUE ? FALSE : and(circuit, not(applies), withPick(null))]);
  }

  return (before, decision, option) => {
    const position = order.findIndex(({ index }) => index === decision.index);
    return position < 0 ? TRUE : canGoOn(withConstant(before, decision, option), position + 1);
  };
}

function withConstant(before: Readable, decision: CompiledDecision, option: number | null): Readable {
  const picked = decision.options.map(({ index }) => (index === option ? TRUE : FALSE));
  return {
    asked: before.asked,
    decisions: new Map(before.decisions).set(decision.decision.id, { decision, picked }),
  };
}

/** Availability on top of picks that are assumed: what is asked is worked out from them as well. */
export function futureAvailability(
  circuit: Circuit,
  engine: Engine,
  space: AnswerSpace,
): (before: Readable, decision: CompiledDecision) => Availability {
  const askedWhen = new Map(engine.catalogue.questions.map(one => [one.id, one.askedWhen]));
  const conditional = engine.steps.flatMap(step =>
    step.kind === 'question' ? [step.question.question] : [],
  );
  return (before, decision) => {
    const asked = new Map(before.asked);
    const settled = new Set<Id>();
    const known: Readable = { asked, decisions: before.decisions };
    const holds = (condition: Condition): Literal => {
      const { questions } = readsOf([condition], askedWhen);
      for (const question of conditional) {
        if (!questions.has(question.id) || settled.has(question.id)) continue;
        settled.add(question.id);
        asked.set(question.id, encodeCondition(circuit, space, known, question.askedWhen));
      }
      return encodeCondition(circuit, space, known, condition);
    };
    const fires = new Map(decision.bans.map(({ rule }) => [rule.id, holds(rule.when)]));
    return encodeAvailability(circuit, decision, holds, ({ rule }) => found(fires, rule.id));
  };
}
