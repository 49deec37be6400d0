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
  readonly gates: Map<number, number>;
}

export function createCircuit(): Circuit {
  return { left: [-1], right: [-1], gates: new Map() };
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
  const key = high * 0x4000000 + low;
  const known = circuit.gates.get(key);
  if (known !== undefined) return known;
  circuit.left.push(low);
  const gate = (circuit.right.push(high) - 1) * 2;
  circuit.gates.set(key, gate);
  return gate;
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
