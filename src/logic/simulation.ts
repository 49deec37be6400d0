/**
 * Bit-parallel simulation: every word holds 32 assignments of the inputs, so one pass over a gate tries thousands.
 * Nodes are simulated when they are first asked about, so a circuit may grow after its simulation began.
 */
import { type Circuit, type Literal, nodeOf } from './circuit.ts';
import { withRoom } from './growing.ts';

export interface Simulation {
  readonly circuit: Circuit;
  readonly words: number;
  /** Gives the words of an input node; called at most once for each. */
  readonly assign: (node: number, into: Int32Array) => void;
  /** `words` words for each simulated node. */
  values: Int32Array;
  /** By node, where its words begin; 0 where it is not simulated yet. The constant node has the first words. */
  places: Int32Array;
  used: number;
}

export function simulate(circuit: Circuit, words: number, assign: Simulation['assign']): Simulation {
  const values = new Int32Array(words * 1024);
  return { circuit, words, assign, values, places: new Int32Array(1024), used: words };
}

/** The first assignments (of 0 … 32 * words - 1) in which all literals hold, at most so many. */
export function indicesWhere(
  simulation: Simulation,
  literals: readonly Literal[],
  most: number,
): readonly number[] {
  const places = literals.map(literal => placeOf(simulation, nodeOf(literal)));
  const { values, words } = simulation;
  const found: number[] = [];
  for (let word = 0; word < words; word++) {
    let bits = -1;
    for (let index = 0; index < literals.length; index++) {
      bits &= values[places[index]! + word]! ^ -(literals[index]! & 1);
    }
    for (; bits !== 0; bits &= bits - 1) {
      if (found.length === most) return found;
      found.push(word * 32 + (31 - Math.clz32(bits & -bits)));
    }
  }
  return found;
}

/** The first of them, or -1. */
export const firstWhere = (simulation: Simulation, literals: readonly Literal[]): number =>
  indicesWhere(simulation, literals, 1)[0] ?? -1;

export function valueAt(simulation: Simulation, literal: Literal, assignment: number): boolean {
  const place = placeOf(simulation, nodeOf(literal));
  const word = simulation.values[place + (assignment >> 5)]!;
  return (((word ^ -(literal & 1)) >> (assignment & 31)) & 1) === 1;
}

function placeOf(simulation: Simulation, node: number): number {
  if (node === 0) return 0;
  const { left, right } = simulation.circuit;
  simulation.places = withRoom(simulation.places, left.length);
  const { places } = simulation;
  const open = [node];
  while (open.length > 0) {
    const next = open.at(-1)!;
    if (places[next] !== 0) {
      open.pop();
      continue;
    }
    const waiting = open.length;
    if (left[next] !== -1) {
      for (const input of [nodeOf(left[next]!), nodeOf(right[next]!)]) {
        if (input !== 0 && places[input] === 0) open.push(input);
      }
    }
    if (open.length > waiting) continue;
    evaluate(simulation, next);
    open.pop();
  }
  return places[node]!;
}

function evaluate(simulation: Simulation, node: number): void {
  const { circuit, words, places } = simulation;
  const at = simulation.used;
  simulation.values = withRoom(simulation.values, at + words);
  simulation.used += words;
  places[node] = at;
  const { values } = simulation;
  const [a, b] = [circuit.left[node]!, circuit.right[node]!];
  if (a === -1) {
    simulation.assign(node, values.subarray(at, at + words));
    return;
  }
  const [from, to] = [places[nodeOf(a)]!, places[nodeOf(b)]!];
  const [flipA, flipB] = [-(a & 1), -(b & 1)];
  for (let word = 0; word < words; word++) {
    values[at + word] = (values[from + word]! ^ flipA) & (values[to + word]! ^ flipB);
  }
}
