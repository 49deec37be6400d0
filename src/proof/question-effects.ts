/**
 * Which answers to a question come to something else. Two answers are compared with all other answers the same: on some
 * whole answer sets first, then on all of them, decision by decision.
 */
import type { Answer, Answers, Id, Question } from '../content/catalogue.ts';
import type { CompiledDecision } from '../engine/model.ts';
import { type Literal, TRUE } from '../logic/circuit.ts';
import { indicesWhere } from '../logic/simulation.ts';
import { decisionsAffectedBy } from './affected.ts';
import { type AnswerBits, type AnswerSpace, contains, fixedAt, withoutChoice } from './answer-space.ts';
import { pickDifference, verdictDifference } from './differences.ts';
import { type EncodedDecision, type Encoding, encode, encodeDecision, possibleWith } from './encode.ts';
import { encodeCondition, found } from './encode-condition.ts';
import { changesSuggestion } from './suggestion-effects.ts';
import { isDifferent, type Trial, tryAnswers } from './trial.ts';
import { type Holds, possibleHere, sampleAnswers, type Workbench } from './workbench.ts';

/** Two answers by the position of their value; `without`: the choice is not among those given. */
export interface Pair {
  readonly first: number;
  readonly second: number | 'without';
}
export interface Compared extends Pair {
  /** Whether they ever come to something else; unknown where that was too hard to find out. */
  readonly effect: 'different' | 'same' | 'unknown';
}

/** Every two values of a choice, neighbouring classes of a number, each choice of several against its absence. */
export function pairsOf(question: Question): readonly Pair[] {
  if (question.kind === 'number') {
    return question.classes.slice(1).map((_, first) => ({ first, second: first + 1 }));
  }
  if (question.kind === 'multi' || question.kind === 'ranked') {
    return question.choices.map((_, first) => ({ first, second: 'without' }));
  }
  return question.choices.flatMap((_, first) =>
    question.choices.slice(first + 1).map((_, offset) => ({ first, second: first + 1 + offset })),
  );
}

/** `seeds`: answers for which rules are known to matter, to be tried before others. */
export function comparePairs(
  bench: Workbench,
  question: Question,
  seeds: readonly Answers[],
): readonly Compared[] {
  const affected = decisionsAffectedBy(bench.engine, question.id);
  const pairs = pairsOf(question);
  const different = new Set<Pair>();
  if (affected.size > 0) {
    for (const answers of answersToTry(bench, question, seeds)) {
      const open = pairs.filter(pair => !different.has(pair));
      for (const pair of differentIn(bench, question, affected, answers, open)) different.add(pair);
      if (different.size === pairs.length) break;
    }
  }
  return pairs.map(pair => {
    const { given, sides } = sidesOf(bench, question, pair);
    const differs = different.has(pair) || changesSuggestion(bench, question.id, given, sides);
    return { ...pair, effect: differs ? 'different' : effectOfPair(bench, question, affected, pair) };
  });
}

function* answersToTry(bench: Workbench, question: Question, seeds: readonly Answers[]): Generator<Answers> {
  yield* seeds.slice(0, bench.trials);
  const asked = [bench.encoding.possible, found(bench.encoding.asked, question.id)];
  for (const index of indicesWhere(bench.simulation, asked, bench.trials)) yield sampleAnswers(bench, index);
}

/** Those of the pairs that these answers tell apart. */
function differentIn(
  bench: Workbench,
  question: Question,
  affected: ReadonlySet<CompiledDecision>,
  answers: Answers,
  pairs: readonly Pair[],
): readonly Pair[] {
  const trials = new Map<string, Trial>();
  const trial = (answer: Answer): Trial => {
    const key = String(answer);
    const known = trials.get(key) ?? tryAnswers(bench.engine, new Map(answers).set(question.id, answer));
    trials.set(key, known);
    return known;
  };
  const reached = bench.engine.decisions.filter(one => bench.deadEnds.size > 0 || affected.has(one));
  const given = answers.get(question.id);
  return pairs.filter(pair => {
    const first = trial(answerAt(question, pair.first, given));
    const second = trial(otherAnswer(question, pair, given));
    return !first.isImpossible && !second.isImpossible && isDifferent(first, second, reached);
  });
}

/** The answer with this value; of several choices the given ones and this. */
function answerAt(question: Question, position: number, given: Answer | undefined): Answer {
  if (question.kind === 'number') return question.classes[position]?.from ?? question.min;
  const id = question.choices[position]?.id ?? '';
  if (question.kind !== 'multi' && question.kind !== 'ranked') return id;
  const chosen = Array.isArray(given) ? (given as readonly Id[]) : [];
  if (chosen.includes(id)) return chosen;
  return question.kind === 'multi' ? [...chosen, id] : [id, ...chosen].slice(0, question.atMost);
}

function otherAnswer(question: Question, { first, second }: Pair, given: Answer | undefined): Answer {
  if (second !== 'without') return answerAt(question, second, given);
  const chosen = answerAt(question, first, given);
  const id = question.kind === 'number' ? '' : question.choices[first]?.id;
  return Array.isArray(chosen) ? (chosen as readonly Id[]).filter(one => one !== id) : chosen;
}

/** One side of a comparison. */
interface Side {
  readonly space: AnswerSpace;
  readonly asked: Map<Id, Literal>;
  readonly decisions: Map<Id, EncodedDecision>;
}

/**
 * Over all answers. Decision by decision: where both sides pick the same, the second goes on with the picks of the
 * first, so that what comes later is the same circuit as far as it can be.
 */
function effectOfPair(
  bench: Workbench,
  question: Question,
  affected: ReadonlySet<CompiledDecision>,
  pair: Pair,
): Compared['effect'] {
  const { engine, circuit, encoding } = bench;
  const { given, sides } = sidesOf(bench, question, pair);
  if (bench.deadEnds.size > 0) return effectOnWhole(bench, given, sides);
  const [a, b] = sides.map(
    (space): Side => ({ space, asked: new Map(encoding.asked), decisions: new Map(encoding.decisions) }),
  ) as [Side, Side];
  const changed: [EncodedDecision, EncodedDecision][] = [];
  for (const step of engine.steps) {
    if (step.kind === 'question') {
      const { id, askedWhen } = step.question.question;
      for (const side of [a, b]) side.asked.set(id, encodeCondition(circuit, side.space, side, askedWhen));
      continue;
    }
    const { decision } = step;
    if (!affected.has(decision)) continue;
    const { id } = decision.decision;
    for (const side of [a, b]) {
      side.decisions.set(id, encodeDecision(circuit, side.space, side, decision, null));
    }
    const [first, second] = [found(a.decisions, id), found(b.decisions, id)];
    const isPossible = [a, b].map(side => possibleIn(bench, side));
    if (pickDifference(bench, [...given, ...isPossible], first, second) !== null) return 'different';
    b.decisions.set(id, { ...second, picked: first.picked });
    changed.push([first, second]);
  }
  const isPossible = [a, b].map(side => possibleIn(bench, side));
  return effectOnVerdicts(bench, [...given, ...isPossible], changed);
}

const possibleIn = (bench: Workbench, { decisions }: Side): Literal =>
  bench.isSound ? TRUE : possibleWith(bench.circuit, decisions.values());

/** Where picks can give way to later ones, a change may reach everything. */
function effectOnWhole(
  bench: Workbench,
  given: readonly Literal[],
  sides: readonly AnswerSpace[],
): Compared['effect'] {
  const [a, b] = sides.map(space => encode(bench, space)) as [Encoding, Encoding];
  const both = [...given, possibleHere(bench, a.possible), possibleHere(bench, b.possible)];
  const changed = [...a.decisions].map(([id, one]): [EncodedDecision, EncodedDecision] => [
    one,
    found(b.decisions, id),
  ]);
  if (changed.some(([x, y]) => pickDifference(bench, both, x, y) !== null)) return 'different';
  return effectOnVerdicts(bench, both, changed);
}

function effectOnVerdicts(
  bench: Workbench,
  given: readonly Literal[],
  changed: readonly (readonly [EncodedDecision, EncodedDecision])[],
): Compared['effect'] {
  let effect: Compared['effect'] = 'same';
  for (const [first, second] of changed) {
    const holds: Holds | null | 'open' = verdictDifference(bench, given, first, second);
    if (holds === 'open') effect = 'unknown';
    else if (holds !== null) return 'different';
  }
  return effect;
}

function sidesOf(
  { circuit, space }: Workbench,
  question: Question,
  { first, second }: Pair,
): { readonly given: readonly Literal[]; readonly sides: readonly AnswerSpace[] } {
  const bits = found(space, question.id);
  const withBits = (changed: AnswerBits): AnswerSpace => new Map(space).set(question.id, changed);
  if (second !== 'without') {
    return { given: [], sides: [withBits(fixedAt(bits, first)), withBits(fixedAt(bits, second))] };
  }
  const less = withBits(withoutChoice(circuit, bits, first));
  if (question.kind === 'multi') return { given: [], sides: [withBits(fixedAt(bits, first)), less] };
  return { given: [contains(circuit, bits, first)], sides: [space, less] };
}
