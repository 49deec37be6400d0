/** Weighs literals against each other inside a circuit: is a sum of weights above zero, at zero, or below? */
import { and, type Circuit, differ, FALSE, type Literal, not, or, TRUE } from './circuit.ts';

/** Adds its weight, a whole number, where the literal holds. */
export interface Term {
  readonly literal: Literal;
  readonly weight: number;
}
export interface Balance {
  readonly positive: Literal;
  readonly zero: Literal;
}

/**
 * A negative weight on a literal is the same weight on its negation, less a constant. So everything is one sum of
 * positive weights, added up bit by bit with full adders, and compared with a constant.
 */
export function balance(circuit: Circuit, terms: readonly Term[]): Balance {
  const columns: Literal[][] = [];
  let limit = 0;
  for (const { literal, weight } of merged(terms)) {
    if (weight < 0) limit -= weight;
    const counted = weight < 0 ? not(literal) : literal;
    for (let rest = Math.abs(weight), bit = 0; rest > 0; rest >>= 1, bit++) {
      if ((rest & 1) === 0) continue;
      columns[bit] ??= [];
      columns[bit]?.push(counted);
    }
  }
  return compare(circuit, addUp(circuit, columns), limit);
}

/** One term per literal; what cancels is gone. */
function merged(terms: readonly Term[]): readonly Term[] {
  const weights = new Map<Literal, number>();
  for (const { literal, weight } of terms) {
    if (literal !== FALSE) weights.set(literal, (weights.get(literal) ?? 0) + weight);
  }
  return [...weights].filter(([, weight]) => weight !== 0).map(([literal, weight]) => ({ literal, weight }));
}

/** The sum as bits, lowest first. */
function addUp(circuit: Circuit, columns: Literal[][]): readonly Literal[] {
  const bits: Literal[] = [];
  for (let place = 0; place < columns.length; place++) {
    const column = columns[place] ?? [];
    while (column.length > 1) {
      const [a, b, c] = [column.shift() as Literal, column.shift() as Literal, column.shift() ?? FALSE];
      const either = differ(circuit, a, b);
      column.push(differ(circuit, either, c));
      columns[place + 1] ??= [];
      columns[place + 1]?.push(or(circuit, and(circuit, a, b), and(circuit, either, c)));
    }
    bits.push(column[0] ?? FALSE);
  }
  return bits;
}

function compare(circuit: Circuit, bits: readonly Literal[], limit: number): Balance {
  let positive: Literal = FALSE;
  let zero: Literal = limit >= 2 ** bits.length ? FALSE : TRUE;
  for (let place = bits.length - 1; place >= 0; place--) {
    const bit = bits[place] as Literal;
    const isSet = ((limit >> place) & 1) === 1;
    if (!isSet) positive = or(circuit, positive, and(circuit, zero, bit));
    zero = and(circuit, zero, isSet ? bit : not(bit));
  }
  return { positive, zero };
}
