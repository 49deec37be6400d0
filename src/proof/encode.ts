/**
 * The whole advice as one circuit over all complete answer sets: which questions are asked, which rules fire, which
 * option every decision picks.
 */
import type { Condition, Id } from '../content/catalogue.ts';
import type { CompiledDecision, CompiledRule, Engine } from '../engine/model.ts';
import { all, and, any, type Circuit, FALSE, type Literal, not } from '../logic/circuit.ts';
import { type AnswerSpace, driverRanks } from './answer-space.ts';
import {
  type Availability,
  type EncodedPick,
  encodeAvailability,
  encodeCondition,
  found,
  nothingKnown,
  type Readable,
} from './encode-condition.ts';
import { type EncodedTally, encodeTallies, firstBeats } from './encode-tally.ts';
import { type Viability, viabilityOf } from './viability.ts';

export interface EncodedDecision extends EncodedPick, Availability {
  /** Per option: it is available and leaves no later decision without an option. */
  readonly viable: readonly Literal[];
  /** Per rank and driver: the user gave it that rank. */
  readonly ranks: readonly (readonly Literal[])[];
  readonly tallies: readonly EncodedTally[];
  /** `before[a][b]`: option a goes before option b by what is counted and by the order of ties. */
  readonly before: readonly (readonly Literal[])[];
  /** Per rule id: its condition holds, whether or not the decision applies. */
  readonly fires: ReadonlyMap<Id, Literal>;
}
export interface Encoding extends Readable {
  readonly decisions: ReadonlyMap<Id, EncodedDecision>;
  /** Every decision that applies has an option that leaves the later ones one as well. */
  readonly possible: Literal;
}

/** What all encodings of one proof share. */
export interface Encoder {
  readonly circuit: Circuit;
  readonly engine: Engine;
  /** Indices of the decisions whose picks can leave one another without an option: see dead-ends.ts. */
  readonly deadEnds: ReadonlySet<number>;
}

export function encode(encoder: Encoder, space: AnswerSpace): Encoding {
  const { circuit, engine, deadEnds } = encoder;
  const viability = deadEnds.size === 0 ? null : viabilityOf(circuit, engine, space, deadEnds);
  // The engine's steps leave out questions that everybody is asked.
  const asked = new Map(nothingKnown(space).asked);
  const decisions = new Map<Id, EncodedDecision>();
  for (const step of engine.steps) {
    const before = { asked, decisions };
    if (step.kind === 'question') {
      const { id, askedWhen } = step.question.question;
      asked.set(id, encodeCondition(circuit, space, before, askedWhen));
    } else {
      const { decision } = step;
      decisions.set(decision.decision.id, encodeDecision(circuit, space, before, decision, viability));
    }
  }
  return { asked, decisions, possible: possibleWith(circuit, decisions.values()) };
}

export const possibleWith = (circuit: Circuit, decisions: Iterable<EncodedDecision>): Literal =>
  all(
    circuit,
    [...decisions].map(({ applies, viable }) => any(circuit, [not(applies), ...viable])),
  );

/** One decision on top of what comes before it. */
export function encodeDecision(
  circuit: Circuit,
  space: AnswerSpace,
  before: Readable,
  decision: CompiledDecision,
  viability: Viability | null,
): EncodedDecision {
  const { options, reasons, bans } = decision;
  const holds = (condition: Condition) => encodeCondition(circuit, space, before, condition);
  const fires = new Map([...reasons, ...bans].map(({ rule }) => [rule.id, holds(rule.when)]));
  const firing = ({ rule }: CompiledRule) => found(fires, rule.id);
  const availability = encodeAvailability(circuit, decision, holds, firing);
  const viable = availability.available.map((literal, index) =>
    viability === null || literal === FALSE
      ? literal
      : and(circuit, literal, viability(before, decision, index)),
  );
  const asked = before.asked.get('drivers') ?? FALSE;
  const ranks = driverRanks(space).map(rank => rank.map(literal => and(circuit, asked, literal)));
  const tallies = encodeTallies(circuit, decision, reasons, ranks, firing);
  const order = encodeOrder(circuit, tallies);
  const picked = options.map((_, index) =>
    all(circuit, [
      viable[index]!,
      ...options.flatMap(({ index: other }) =>
        other === index ? [] : [any(circuit, [not(viable[other]!), order[index]![other]!])],
      ),
    ]),
  );
  return { decision, ...availability, viable, picked, ranks, tallies, before: order, fires };
}

function encodeOrder(circuit: Circuit, tallies: readonly EncodedTally[]): Literal[][] {
  const before = tallies.map(() => tallies.map(() => FALSE));
  for (let a = 0; a < tallies.length; a++) {
    for (let b = a + 1; b < tallies.length; b++) {
      const first = firstBeats(circuit, tallies[a]!, tallies[b]!);
      before[a]![b] = first;
      before[b]![a] = not(first);
    }
  }
  return before;
}
