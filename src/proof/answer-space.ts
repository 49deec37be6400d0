/**
 * All complete answer sets as inputs of a circuit. Every assignment of the inputs is a valid answer set (spare codes
 * mean the last value), so neither simulation nor the solver needs side conditions.
 */
import { type Answer, type Answers, DRIVERS, type Id, type Question } from '../content/catalogue.ts';
import {
  all,
  and,
  any,
  type Circuit,
  choose,
  FALSE,
  input,
  type Literal,
  not,
  TRUE,
} from '../logic/circuit.ts';

/** The answer to one question inside the circuit. */
export interface AnswerBits {
  readonly question: Question;
  /** One literal per value: choice, class of a number, ticked choice of a multi. For ranked: unused. */
  readonly values: readonly Literal[];
  /** Ranked only: per rank one literal per choice and a last one for "no further choice". */
  readonly ranks: readonly (readonly Literal[])[];
}
export type AnswerSpace = ReadonlyMap<Id, AnswerBits>;

export function answerSpace(circuit: Circuit, questions: readonly Question[]): AnswerSpace {
  return new Map(questions.map(question => [question.id, bitsOf(circuit, question)]));
}

function bitsOf(circuit: Circuit, question: Question): AnswerBits {
  switch (question.kind) {
    case 'multi':
      return { question, values: question.choices.map(() => input(circuit)), ranks: [] };
    case 'number':
      return { question, values: oneOf(circuit, question.classes.length), ranks: [] };
    case 'ranked':
      return { question, values: [], ranks: rankBits(circuit, question.choices.length, question.atMost) };
    default:
      return { question, values: oneOf(circuit, question.choices.length), ranks: [] };
  }
}

/** `count` literals of which exactly one holds. */
function oneOf(circuit: Circuit, count: number): Literal[] {
  const bits = Array.from({ length: Math.ceil(Math.log2(count)) }, () => input(circuit));
  const codes = Array.from({ length: Math.max(0, count - 1) }, (_, code) =>
    all(
      circuit,
      bits.map((bit, index) => ((code >> index) & 1 ? bit : not(bit))),
    ),
  );
  return [...codes, all(circuit, codes.map(not))];
}

/** A choice that an earlier rank has counts as none; after none comes none. */
function rankBits(circuit: Circuit, choices: number, atMost: number): Literal[][] {
  const ranks: Literal[][] = [];
  let open: Literal = TRUE;
  for (let rank = 0; rank < atMost; rank++) {
    const raw = oneOf(circuit, choices + 1).slice(0, choices);
    const taken = raw.map((literal, choice) => {
      const earlier = any(
        circuit,
        ranks.map(one => one[choice] as Literal),
      );
      return and(circuit, open, and(circuit, literal, not(earlier)));
    });
    open = any(circuit, taken);
    ranks.push([...taken, not(open)]);
  }
  return ranks;
}

/** The same question with one value for everybody: a choice or class; of a multi question one choice ticked. */
export function fixedAt(bits: AnswerBits, position: number): AnswerBits {
  const isMulti = bits.question.kind === 'multi';
  const values = bits.values.map((value, index) => {
    if (index === position) return TRUE;
    return isMulti ? value : FALSE;
  });
  return { ...bits, values };
}

/** The same answer without one of its choices: a tick taken away, or a rank, with those behind it moving up. */
export function withoutChoice(circuit: Circuit, bits: AnswerBits, position: number): AnswerBits {
  const values = bits.values.map((value, index) => (index === position ? FALSE : value));
  let passed: Literal = FALSE;
  const ranks = bits.ranks.map((rank, index) => {
    passed = any(circuit, [passed, rank[position] ?? FALSE]);
    const next = bits.ranks[index + 1];
    return rank.map((literal, choice) => {
      if (choice === position) return FALSE;
      const isLast = choice === rank.length - 1;
      return choose(circuit, passed, next?.[choice] ?? (isLast ? TRUE : FALSE), literal);
    });
  });
  return { ...bits, values, ranks };
}

/** True where the answer contains this choice. */
export function contains(circuit: Circuit, bits: AnswerBits, position: number): Literal {
  const ranked = bits.ranks.map(rank => rank[position] ?? FALSE);
  return any(circuit, bits.question.kind === 'ranked' ? ranked : [bits.values[position] ?? FALSE]);
}

/** The literals of one driver per rank; empty where the catalogue asks for no drivers. */
export function driverRanks(space: AnswerSpace): readonly (readonly Literal[])[] {
  const drivers = space.get('drivers');
  if (drivers === undefined || drivers.question.kind !== 'ranked') return [];
  const place = new Map(drivers.question.choices.map((choice, index) => [choice.id, index]));
  return drivers.ranks.map(rank =>
    DRIVERS.map(driver => {
      const index = place.get(driver);
      return index === undefined ? 0 : (rank[index] as Literal);
    }),
  );
}

/** Reads the answers back from the truth of the input nodes; inputs that are not given count as false. */
export function readAnswers(space: AnswerSpace, holds: (literal: Literal) => boolean): Answers {
  return new Map([...space.values()].map(bits => [bits.question.id, readAnswer(bits, holds)]));
}

function readAnswer({ question, values, ranks }: AnswerBits, holds: (literal: Literal) => boolean): Answer {
  const at = values.findIndex(holds);
  switch (question.kind) {
    case 'multi':
      return question.choices.filter((_, index) => holds(values[index] as Literal)).map(choice => choice.id);
    case 'ranked':
      return ranks.flatMap(rank =>
        question.choices.filter((_, index) => holds(rank[index] as Literal)).map(one => one.id),
      );
    case 'number':
      return question.classes[at]?.from ?? question.min;
    default:
      return question.choices[at]?.id ?? '';
  }
}
