/** Bit-parallel simulation: every word holds 32 assignments, so one pass over the circuit tries thousands. */
import { type Circuit, type Literal, nodeOf } from './circuit.ts';

export interface Simulation {
  readonly words: number;
  /** `words` words for each node, node by node. */
  readonly values: Int32Array;
}

/** Simulates all nodes. `assign` gives the words of an input node; it is called once per input, in order. */
export function simulate(
  circuit: Circuit,
  words: number,
  assign: (node: number, into: Int32Array) => void,
): Simulation {
  const { left, right } = circuit;
  const values = new Int32Array(left.length * words);
  for (let node = 1; node < left.length; node++) {
    const at = node * words;
    const [a, b] = [left[node] as number, right[node] as number];
    if (a === -1) {
      assign(node, values.subarray(at, at + words));
      continue;
    }
    const [from, to] = [nodeOf(a) * words, nodeOf(b) * words];
    const [flipA, flipB] = [-(a & 1), -(b & 1)];
    for (let word = 0; word < words; word++) {
      values[at + word] = ((values[from + word] as number) ^ flipA) & ((values[to + word] as number) ^ flipB);
    }
  }
  return { words, values };
}

/** The value of a literal in one word. */
export function wordOf(simulation: Simulation, literal: Literal, word: number): number {
  return (simulation.values[nodeOf(literal) * simulation.words + word] as number) ^ -(literal & 1);
}

/** The first assignment (0 … 32 * words - 1) in which all literals hold, or -1. */
export function firstWhere(simulation: Simulation, literals: readonly Literal[]): number {
  for (let word = 0; word < simulation.words; word++) {
    let both = -1;
    for (const literal of literals) both &= wordOf(simulation, literal, word);
    if (both !== 0) return word * 32 + (31 - Math.clz32(both & -both));
  }
  return -1;
}

export function valueAt(simulation: Simulation, literal: Literal, assignment: number): boolean {
  return ((wordOf(simulation, literal, assignment >> 5) >> (assignment & 31)) & 1) === 1;
}
