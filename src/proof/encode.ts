/**
 * The whole advice as one circuit over all complete answer sets: which questions are asked, which rules fire, which
 * option every decision picks. It follows the engine's evaluation without its search: where no answers leave a
 * decision stuck, which is proven first, the two are the same.
 */
import { type Condition, DRIVERS, type Id, type Rule } from '../content/catalogue.ts';
import type { CompiledDecision, CompiledRule, Engine } from '../engine/model.ts';
import { all, and, any, type Circuit, FALSE, type Literal, not, TRUE } from '../logic/circuit.ts';
import { type AnswerSpace, driverRanks } from './answer-space.ts';
import { type EncodedTally, encodeTallies, firstBeats } from './encode-tally.ts';

export interface EncodedDecision {
  readonly decision: CompiledDecision;
  readonly applies: Literal;
  /** Per option, by its index in the engine: it applies and nothing rules it out. */
  readonly available: readonly Literal[];
  readonly picked: readonly Literal[];
  /** What is counted for each option. */
  readonly tallies: readonly EncodedTally[];
  /** The decision applies and no option is available. */
  readonly stuck: Literal;
  /** Per rule id: its condition holds, whether or not the decision applies. */
  readonly fires: ReadonlyMap<Id, Literal>;
}
export interface Encoding {
  readonly asked: ReadonlyMap<Id, Literal>;
  readonly decisions: ReadonlyMap<Id, EncodedDecision>;
}

export function encode(circuit: Circuit, engine: Engine, space: AnswerSpace): Encoding {
  // The engine's steps leave out questions that everybody is asked.
  const asked = new Map<Id, Literal>([...space.keys()].map(id => [id, TRUE]));
  const decisions = new Map<Id, EncodedDecision>();
  const encoding: Encoding = { asked, decisions };
  for (const step of engine.steps) {
    if (step.kind === 'question') {
      const { id, askedWhen } = step.question.question;
      asked.set(id, encodeCondition(circuit, space, encoding, askedWhen));
    } else {
      decisions.set(step.decision.decision.id, encodeDecision(circuit, space, encoding, step.decision));
    }
  }
  return encoding;
}

export function encodeCondition(
  circuit: Circuit,
  space: AnswerSpace,
  encoding: Encoding,
  condition: Condition,
): Literal {
  const inner = (part: Condition) => encodeCondition(circuit, space, encoding, part);
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
      const encoded = found(encoding.decisions, condition.decision);
      const wanted = encoded.decision.options.filter(one => condition.options.includes(one.option.id));
      return any(
        circuit,
        wanted.map(one => encoded.picked[one.index] as Literal),
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
      return and(circuit, found(encoding.asked, question.id), answered);
    }
  }
}

/** One decision on top of what comes before it; `without` leaves one of its rules out, by id. */
export function encodeDecision(
  circuit: Circuit,
  space: AnswerSpace,
  encoding: Encoding,
  compiled: CompiledDecision,
  without: Id | null = null,
): EncodedDecision {
  const holds = (condition: Condition) => encodeCondition(circuit, space, encoding, condition);
  const { decision, options } = compiled;
  const fires = new Map(
    decision.rules.map((rule: Rule) => [rule.id, rule.id === without ? FALSE : holds(rule.when)]),
  );
  const applies = holds(decision.applies);
  const firing = (rule: CompiledRule) => found(fires, rule.rule.id);
  const available = options.map(({ option, index }) => {
    const bans = compiled.bans.filter(rule => (rule.rulesOut & (1 << index)) !== 0).map(firing);
    return all(circuit, [applies, holds(option.applies), ...bans.map(not)]);
  });
  const askedDrivers = encoding.asked.get('drivers') ?? FALSE;
  const ranks = driverRanks(space).map(rank => rank.map(literal => and(circuit, askedDrivers, literal)));
  const tallies = encodeTallies(
    circuit,
    compiled,
    ranks.length === 0 ? [DRIVERS.map(() => FALSE)] : ranks,
    firing,
  );
  const beats = options.map(() => [] as Literal[]);
  for (let a = 0; a < options.length; a++) {
    for (let b = a + 1; b < options.length; b++) {
      const first = firstBeats(circuit, tallies[a]!, tallies[b]!);
      beats[a]!.push(any(circuit, [not(available[b]!), first]));
      beats[b]!.push(any(circuit, [not(available[a]!), not(first)]));
    }
  }
  const picked = options.map((_, index) => all(circuit, [available[index]!, ...beats[index]!]));
  const stuck = all(circuit, [applies, ...available.map(not)]);
  return { decision: compiled, applies, available, picked, tallies, stuck, fires };
}

/** True where every decision that applies has an option. */
export const nobodyStuck = (circuit: Circuit, encoding: Encoding): Literal =>
  all(circuit, [...encoding.decisions.values()].map(one => not(one.stuck)).concat(TRUE));

function found<T>(map: ReadonlyMap<Id, T>, id: Id): T {
  const value = map.get(id);
  if (value === undefined) throw new Error(`the order of evaluation reads ${id} before it is known`);
  return value;
}
