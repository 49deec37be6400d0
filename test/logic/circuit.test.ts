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
