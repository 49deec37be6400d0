import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balance } from '../../src/logic/balance.ts';
import {
  all,
  and,
  any,
  atMostOne,
  choose,
  createCircuit,
  differ,
  input,
  type Literal,
  not,
} from '../../src/logic/circuit.ts';
import { evaluator } from '../../src/logic/evaluate.ts';
import { simulate, valueAt } from '../../src/logic/simulation.ts';
import { columnsOf } from './columns.ts';

describe('a circuit', () => {
  test('computes what its operators say', () => {
    const circuit = createCircuit();
    const [a, b, c] = [input(circuit), input(circuit), input(circuit)];
    const cases: [Literal, (a: boolean, b: boolean, c: boolean) => boolean][] = [
      [and(circuit, a, b), (x, y) => x && y],
      [any(circuit, [a, b, c]), (x, y, z) => x || y || z],
      [all(circuit, [a, not(b), c]), (x, y, z) => x && !y && z],
      [differ(circuit, a, b), (x, y) => x !== y],
      [choose(circuit, a, b, c), (x, y, z) => (x ? y : z)],
      [atMostOne(circuit, [a, b, c]), (x, y, z) => Number(x) + Number(y) + Number(z) <= 1],
    ];
    const table = simulate(circuit, 1, columnsOf(circuit));
    for (const [literal, expected] of cases) {
      for (let row = 0; row < 8; row++) {
        const bits = [row & 1, row & 2, row & 4].map(Boolean) as [boolean, boolean, boolean];
        expect(valueAt(table, literal, row)).toBe(expected(...bits));
      }
    }
  });

  test('builds each gate once and none for constants', () => {
    const circuit = createCircuit();
    const [a, b] = [input(circuit), input(circuit)];
    expect(and(circuit, a, b)).toBe(and(circuit, b, a));
    expect(and(circuit, a, not(a))).toBe(0);
    expect(circuit.left.length).toBe(4);
  });
});

test('a balance says of every assignment whether the weights that hold sum up above, at or below zero', () => {
  const terms = fc.array(fc.tuple(fc.nat({ max: 4 }), fc.boolean(), fc.integer({ min: -7, max: 7 })), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(terms, weights => {
      const circuit = createCircuit();
      const inputs = Array.from({ length: 5 }, () => input(circuit));
      const literals = weights.map(([index, negated]) => (inputs[index] as Literal) ^ Number(negated));
      const { positive, zero } = balance(
        circuit,
        weights.map(([, , weight], index) => ({ literal: literals[index] as Literal, weight })),
      );
      const table = simulate(circuit, 1, columnsOf(circuit));
      for (let row = 0; row < 32; row++) {
        const sum = weights.reduce(
          (total, [index, negated, weight]) =>
            total + (((row >> index) & 1) === Number(!negated) ? weight : 0),
          0,
        );
        expect([valueAt(table, positive, row), valueAt(table, zero, row)]).toEqual([sum > 0, sum === 0]);
      }
    }),
    { numRuns: 400 },
  );
});

test('a simulation says the same whatever is asked about first', () => {
  const gates = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 30, maxLength: 120 });
  fc.assert(
    fc.property(gates, plan => {
      const circuit = createCircuit();
      const literals: Literal[] = Array.from({ length: 5 }, () => input(circuit));
      for (const [a, b] of plan) {
        const pick = (at: number) => literals[(at >> 1) % literals.length]! ^ (at & 1);
        literals.push(and(circuit, pick(a), pick(b)));
      }
      const ask = (order: readonly Literal[]) => {
        // Many words, so that there is soon not enough room for them.
        const table = simulate(circuit, 64, columnsOf(circuit));
        return new Map(order.map(literal => [literal, valueAt(table, literal, 7)]));
      };
      const forwards = ask(literals);
      const backwards = ask([...literals].reverse());
      for (const literal of literals) expect(backwards.get(literal)).toBe(forwards.get(literal));
      const holds = evaluator(
        circuit,
        new Map(literals.slice(0, 5).map((one, at) => [one / 2, ((7 >> at) & 1) === 1])),
      );
      for (const literal of literals) expect(holds(literal)).toBe(forwards.get(literal));
    }),
    { numRuns: 100 },
  );
});
