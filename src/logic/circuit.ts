/**
 * A Boolean circuit of two-input AND gates and inverters, every gate built once (hash-consed).
 * A literal is twice a node's number, plus one for its negation; nodes are numbered so that inputs of a gate come first.
 */

export type Literal = number;
export const FALSE: Literal = 0;
export const TRUE: Literal = 1;

export interface Circuit {
  /** Left and right input of each node; -1 for inputs of the circuit and the constant node 0. */
  readonly left: number[];
  readonly right: number[];
  /** Gates by their inputs: open addressing, 0 where a place is free. */
  gates: Int32Array;
}

export function createCircuit(): Circuit {
  return { left: [-1], right: [-1], gates: new Int32Array(1024) };
}

/** A new free variable. */
export function input(circuit: Circuit): Literal {
  circuit.left.push(-1);
  return (circuit.right.push(-1) - 1) * 2;
}

export const not = (a: Literal): Literal => a ^ 1;
export const nodeOf = (a: Literal): number => a >> 1;
export const isInput = (circuit: Circuit, node: number): boolean => node > 0 && circuit.left[node] === -1;

export function and(circuit: Circuit, a: Literal, b: Literal): Literal {
  if (a === FALSE || b === FALSE || a === not(b)) return FALSE;
  if (a === TRUE || a === b) return b;
  if (b === TRUE) return a;
  const [low, high] = a < b ? [a, b] : [b, a];
  const place = placeOf(circuit, low, high);
  const known = circuit.gates[place]!;
  if (known !== 0) return known * 2;
  circuit.left.push(low);
  const node = circuit.right.push(high) - 1;
  circuit.gates[place] = node;
  if (node * 2 > circuit.gates.length) rehash(circuit);
  return node * 2;
}

/** Where the gate with these inputs is, or belongs. */
function placeOf({ left, right, gates }: Circuit, low: Literal, high: Literal): number {
  const mask = gates.length - 1;
  let place = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 0;
  for (place = (place ^ (place >>> 15)) & mask; ; place = (place + 1) & mask) {
    const node = gates[place]!;
    if (node === 0 || (left[node] === low && right[node] === high)) return place;
  }
}

function rehash(circuit: Circuit): void {
  circuit.gates = new Int32Array(circuit.gates.length * 4);
  for (let node = 1; node < circuit.left.length; node++) {
    const low = circuit.left[node]!;
    if (low !== -1) circuit.gates[placeOf(circuit, low, circuit.right[node]!)] = node;
  }
}

export const or = (circuit: Circuit, a: Literal, b: Literal): Literal => not(and(circuit, not(a), not(b)));

export const choose = (circuit: Circuit, when: Literal, yes: Literal, no: Literal): Literal =>
  or(circuit, and(circuit, when, yes), and(circuit, not(when), no));

export const differ = (circuit: Circuit, a: Literal, b: Literal): Literal => choose(circuit, a, not(b), b);

export function all(circuit: Circuit, literals: Iterable<Literal>): Literal {
  let result: Literal = TRUE;
  for (const literal of literals) result = and(circuit, result, literal);
  return result;
}

export function any(circuit: Circuit, literals: Iterable<Literal>): Literal {
  let result: Literal = FALSE;
  for (const literal of literals) result = or(circuit, result, literal);
  return result;
}

/** True where at most one of the literals is. */
export function atMostOne(circuit: Circuit, literals: readonly Literal[]): Literal {
  let seen: Literal = FALSE;
  let twice: Literal = FALSE;
  for (const literal of literals) {
    twice = or(circuit, twice, and(circuit, seen, literal));
    seen = or(circuit, seen, literal);
  }
  return not(twice);
}
