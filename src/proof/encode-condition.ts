/** Conditions as literals, and with them which options are there to be picked. */
import type { Condition, Id } from '../content/catalogue.ts';
import type { CompiledDecision, CompiledRule } from '../engine/model.ts';
import { all, and, any, type Circuit, type Literal, not, TRUE } from '../logic/circuit.ts';
import type { AnswerSpace } from './answer-space.ts';

/** What a condition can read. */
export interface Readable {
  readonly asked: ReadonlyMap<Id, Literal>;
  readonly decisions: ReadonlyMap<Id, EncodedPick>;
}
export interface EncodedPick {
  readonly decision: CompiledDecision;
  /** Per option, by its index in the engine. */
  readonly picked: readonly Literal[];
}
export interface Availability {
  readonly applies: Literal;
  /** Per option: the decision and the option apply. */
  readonly applicable: readonly Literal[];
  /** Per option: it is applicable and nothing rules it out. */
  readonly available: readonly Literal[];
}

/** Before any decision: everybody is asked everything. */
export const nothingKnown = (space: AnswerSpace): Readable => ({
  asked: new Map([...space.keys()].map(id => [id, TRUE])),
  decisions: new Map(),
});

export function encodeCondition(
  circuit: Circuit,
  space: AnswerSpace,
  before: Readable,
  condition: Condition,
): Literal {
  const inner = (part: Condition) => encodeCondition(circuit, space, before, part);
  switch (condition.op) {
    case 'all':
      return all(circuit, condition.of.map(inner));
    case 'any':
      return any(circuit, condition.of.map(inner));
    case 'not':
      return not(inner(condition.of));
    case 'term':
      return inner(condition.of);
    case 'decision': {
      const { decision, picked } = found(before.decisions, condition.decision);
      const wanted = indicesOf(decision, condition.options);
      return any(
        circuit,
        wanted.map(index => picked[index]!),
      );
    }
    default: {
      const { question, values } = found(space, condition.question);
      const wanted =
        question.kind === 'number'
          ? question.classes.map(
              one => condition.op === 'range' && one.from >= condition.from && one.to <= condition.to,
            )
          : question.choices.map(one => condition.op === 'answer' && condition.values.includes(one.id));
      const answered = any(
        circuit,
        values.filter((_, index) => wanted[index]),
      );
      return and(circuit, found(before.asked, question.id), answered);
    }
  }
}

export const indicesOf = (decision: CompiledDecision, options: readonly Id[]): readonly number[] =>
  decision.options.filter(({ option }) => options.includes(option.id)).map(({ index }) => index);

export function encodeAvailability(
  circuit: Circuit,
  { decision, options, bans }: CompiledDecision,
  holds: (condition: Condition) => Literal,
  firing: (rule: CompiledRule) => Literal,
): Availability {
  const applies = holds(decision.applies);
  const applicable = options.map(({ option }) => and(circuit, applies, holds(option.applies)));
  const available = applicable.map((literal, index) =>
    all(circuit, [
      literal,
      ...bans.filter(rule => (rule.rulesOut & (1 << index)) !== 0).map(rule => not(firing(rule))),
    ]),
  );
  return { applies, applicable, available };
}

export function found<T>(map: ReadonlyMap<Id, T>, id: Id): T {
  const value = map.get(id);
  if (value === undefined) throw new Error(`the order of evaluation reads ${id} before it is known`);
  return value;
}
