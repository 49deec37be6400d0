/** Whole numbers inside a circuit: two's complement, lowest bit first, as many bits as the value can need. */
import { and, type Circuit, choose, differ, FALSE, type Literal, not, or, TRUE } from './circuit.ts';

/** The last bit is the sign. */
export type Integer = readonly Literal[];

export function constant(value: number): Integer {
  const bits: Literal[] = [];
  let rest = value;
  do {
    bits.push(rest & 1 ? TRUE : FALSE);
    rest >>= 1;
  } while (rest !== 0 && rest !== -1);
  return [...bits, rest === -1 ? TRUE : FALSE];
}

const bit = (value: Integer, index: number): Literal => value[Math.min(index, value.length - 1)] as Literal;

export function add(circuit: Circuit, a: Integer, b: Integer): Integer {
  const sum: Literal[] = [];
  let carry: Literal = FALSE;
  for (let index = 0; index <= Math.max(a.length, b.length); index++) {
    const [x, y] = [bit(a, index), bit(b, index)];
    const either = differ(circuit, x, y);
    sum.push(differ(circuit, either, carry));
    carry = or(circuit, and(circuit, x, y), and(circuit, either, carry));
  }
  return shortened(sum);
}

export const negate = (circuit: Circuit, a: Integer): Integer => add(circuit, a.map(not), constant(1));

export const subtract = (circuit: Circuit, a: Integer, b: Integer): Integer =>
  add(circuit, a, negate(circuit, b));

/** `value` where the literal holds, else 0. */
export const when = (circuit: Circuit, literal: Literal, value: number): Integer =>
  constant(value).map(one => and(circuit, literal, one));

export function select(circuit: Circuit, literal: Literal, yes: Integer, no: Integer): Integer {
  const length = Math.max(yes.length, no.length);
  return Array.from({ length }, (_, index) => choose(circuit, literal, bit(yes, index), bit(no, index)));
}

/** True where a < 0. */
export const isNegative = (a: Integer): Literal => a[a.length - 1] as Literal;

export const lessThan = (circuit: Circuit, a: Integer, b: Integer): Literal =>
  isNegative(subtract(circuit, a, b));

export function equal(circuit: Circuit, a: Integer, b: Integer): Literal {
  let same: Literal = TRUE;
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    same = and(circuit, same, not(differ(circuit, bit(a, index), bit(b, index))));
  }
  return same;
}

/** The sum of many, pairwise, which keeps the circuit shallow. */
export function sum(circuit: Circuit, terms: readonly Integer[]): Integer {
  if (terms.length === 0) return constant(0);
  if (terms.length === 1) return terms[0] as Integer;
  const half = terms.length >> 1;
  return add(circuit, sum(circuit, terms.slice(0, half)), sum(circuit, terms.slice(half)));
}

/** Without sign bits that only repeat. */
function shortened(value: Integer): Integer {
  let length = value.length;
  while (length > 2 && value[length - 1] === value[length - 2]) length--;
  return value.slice(0, length);
}
