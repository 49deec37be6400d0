/**
 * A circuit with its answers, the encoded advice and a few thousand simulated answer sets. A query first looks for a
 * witness among the simulated ones and asks the solver only where there is none.
 */
import type { Answers } from '../content/catalogue.ts';
import type { Engine } from '../engine/model.ts';
import { type Circuit, createCircuit, type Literal } from '../logic/circuit.ts';
import { satisfy } from '../logic/satisfy.ts';
import { firstWhere, simulate, valueAt } from '../logic/simulation.ts';
import { type AnswerSpace, answerSpace, evaluator, readAnswers } from './answer-space.ts';
import { type Encoding, encode } from './encode.ts';
import { createRandom } from './random.ts';

const WORDS = 64;
const WORDS_AROUND = 8;
const MOST_SIMULATIONS = 200;

export interface Workbench {
  readonly engine: Engine;
  readonly circuit: Circuit;
  readonly space: AnswerSpace;
  readonly encoding: Encoding;
  /** Counts of how witnesses were found, for the report. */
  readonly asked: { simulated: number; solved: number };
}

export function createWorkbench(engine: Engine): Workbench {
  const circuit = createCircuit();
  const space = answerSpace(circuit, engine.catalogue.questions);
  const encoding = encode(circuit, engine, space);
  return { engine, circuit, space, encoding, asked: { simulated: 0, solved: 0 } };
}

/** Whether a literal holds under one answer set. */
export type Holds = (literal: Literal) => boolean;

/** Finds answer sets: `witness` gives one in which all literals hold, or null where there is none at all. */
export interface Search {
  readonly witness: (literals: readonly Literal[]) => Holds | null;
}

/** Simulates the circuit as it is now; literals built later go to the solver. */
export function startSearch(bench: Workbench): Search {
  const random = createRandom(0x5eed);
  const { circuit, asked } = bench;
  const nodes = circuit.left.length;
  const base: Circuit = { ...circuit, left: circuit.left.slice(), right: circuit.right.slice() };
  const fill = (_: number, into: Int32Array): void => {
    for (let word = 0; word < into.length; word++) into[word] = random();
  };
  const simulations = [simulate(base, WORDS, fill)];

  /** Answer sets like a witness that was hard to find: what comes next is often near. */
  function simulateAround(inputs: ReadonlyMap<number, boolean>): void {
    if (simulations.length >= MOST_SIMULATIONS) return;
    const around = simulate(base, WORDS_AROUND, (node, into) => {
      const value = inputs.get(node);
      for (let word = 0; word < into.length; word++) {
        into[word] = value === undefined ? random() : (value ? -1 : 0) ^ (random() & random() & random());
      }
    });
    simulations.push(around);
  }

  return {
    witness(literals) {
      if (literals.every(literal => literal >> 1 < nodes)) {
        for (const simulation of simulations) {
          const found = firstWhere(simulation, literals);
          if (found < 0) continue;
          asked.simulated++;
          return literal => valueAt(simulation, literal, found);
        }
      }
      asked.solved++;
      const inputs = satisfy(circuit, literals);
      if (inputs === null) return null;
      simulateAround(inputs);
      return evaluator(circuit, inputs);
    },
  };
}

/** The answers of a witness; questions that are not asked are left out. */
export function answersOf(bench: Workbench, holds: Holds, space: AnswerSpace = bench.space): Answers {
  const all = readAnswers(space, holds);
  return new Map([...all].filter(([id]) => holds(bench.encoding.asked.get(id) ?? 1)));
}
