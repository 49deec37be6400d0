/**
 * What all proofs work on: the advice as a circuit, a few thousand simulated answer sets, and a solver. A question to
 * it is first looked up among the simulated sets; the solver is asked only where none of them shows it.
 */
import type { Answers } from '../content/catalogue.ts';
import type { CompiledDecision, Engine } from '../engine/model.ts';
import { createCircuit, type Literal, not, TRUE } from '../logic/circuit.ts';
import { evaluator } from '../logic/evaluate.ts';
import { firstWhere, type Simulation, simulate, valueAt } from '../logic/simulation.ts';
import { createSolver, type Solver } from '../logic/solver.ts';
import { type AnswerSpace, answerSpace, readAnswers } from './answer-space.ts';
import { combinationsOf, findDeadEnds } from './dead-ends.ts';
import { type Encoder, type Encoding, encode } from './encode.ts';
import { createRandom } from './random.ts';

const WORDS = 64;
const SEED = 0x5eed;
/** The solver works for about a minute on so many. */
const MOST_CONFLICTS = 300_000;
/** Combinations of picks that are written down at most. */
const MOST_COMBINATIONS = 20_000;
const [FEWEST_TRIALS, MOST_TRIALS] = [4, 160];

/** Whether a literal holds under one answer set. */
export type Holds = (literal: Literal) => boolean;

export interface Workbench extends Encoder {
  readonly space: AnswerSpace;
  readonly encoding: Encoding;
  /** Decisions that can leave one another without an option in so many ways that answers where they do are left out. */
  readonly entangled: readonly CompiledDecision[];
  /** False where some answers leave a decision without an option: what is said of the rest is said of all others. */
  readonly isSound: boolean;
  readonly simulation: Simulation;
  readonly solver: Solver;
  /** How many whole answer sets are worth trying before something is proven over all of them. */
  readonly trials: number;
  /** How questions were answered, for the report. */
  readonly queries: { simulated: number; solved: number; givenUp: number };
}

export function createWorkbench(engine: Engine): Workbench {
  const circuit = createCircuit();
  const solver = createSolver(circuit);
  const space = answerSpace(circuit, engine.catalogue.questions);
  const plain = encode({ circuit, engine, deadEnds: new Set() }, space);
  // Where the best picks leave nobody without an option, nothing ever gives way.
  const isSmooth = solver.satisfy([not(plain.possible)]) === null;
  const members = isSmooth ? new Set<number>() : findDeadEnds(circuit, engine, space, solver);
  const canSay = combinationsOf(engine, members) <= MOST_COMBINATIONS;
  const deadEnds = canSay ? members : new Set<number>();
  const encoding = deadEnds.size === 0 ? plain : encode({ circuit, engine, deadEnds }, space);
  const isSound = isSmooth || solver.satisfy([not(encoding.possible)]) === null;
  const simulation = simulate(circuit, WORDS, (node, into) => {
    const random = createRandom(SEED + node * 0x9e37);
    for (let word = 0; word < into.length; word++) into[word] = random();
  });
  return {
    circuit,
    engine,
    deadEnds,
    space,
    encoding: isSound ? { ...encoding, possible: TRUE } : encoding,
    entangled: canSay ? [] : engine.decisions.filter(({ index }) => members.has(index)),
    isSound,
    simulation,
    solver,
    trials: Math.min(MOST_TRIALS, Math.max(FEWEST_TRIALS, circuit.left.length >> 8)),
    queries: { simulated: 0, solved: 0, givenUp: 0 },
  };
}

/** An answer set in which all literals hold; null where there is none at all. What is given up is counted. */
export function witness(bench: Workbench, literals: readonly Literal[]): Holds | null {
  const found = witnessWithin(bench, literals, MOST_CONFLICTS);
  if (found !== 'open') return found;
  bench.queries.givenUp++;
  return null;
}

/** As {@link witness}, but 'open' where the solver has not found out after so many conflicts. */
export function witnessWithin(
  bench: Workbench,
  literals: readonly Literal[],
  mostConflicts: number,
): Holds | null | 'open' {
  const { circuit, simulation, solver, queries } = bench;
  const wanted = literals.filter(literal => literal !== TRUE);
  const index = firstWhere(simulation, wanted);
  if (index >= 0) {
    queries.simulated++;
    return literal => valueAt(simulation, literal, index);
  }
  queries.solved++;
  const solved = solver.satisfy(wanted, mostConflicts);
  return solved === null || solved === 'open' ? solved : evaluator(circuit, solved);
}

/**
 * The condition that a part of all answer sets leaves no decision without an option. Where that is proven of all of
 * them it is left out: it reads every decision, and would make every question as large as the whole advice.
 */
export const possibleHere = ({ isSound }: Workbench, possible: Literal): Literal =>
  isSound ? TRUE : possible;

/** The complete answers of a witness; questions that are not asked are left out. */
export function answersOf(
  bench: Workbench,
  holds: Holds,
  space: AnswerSpace = bench.space,
  encoding: Encoding = bench.encoding,
): Answers {
  const all = readAnswers(space, holds);
  return new Map([...all].filter(([id]) => holds(encoding.asked.get(id) ?? TRUE)));
}

/** Answer sets to try things on; questions that are not asked are answered as well. */
export function sampleAnswers(bench: Workbench, index: number): Answers {
  return readAnswers(bench.space, literal => valueAt(bench.simulation, literal, index));
}
