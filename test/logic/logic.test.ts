import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balance } from '../../src/logic/balance.ts';
import {
  all,
  and,
  any,
  atMostOne,
  type Circuit,
  choose,
  createCircuit,
  differ,
  input,
  type Literal,
  nodeOf,
  not,
} from '../../src/logic/circuit.ts';
import { satisfy } from '../../src/logic/satisfy.ts';
import { firstWhere, simulate, valueAt } from '../../src/logic/simulation.ts';
import { solve } from '../../src/logic/solver.ts';

/** All assignments of up to five inputs at once: 32 fit into one word. */
const COLUMNS = [0xaaaaaaaa, 0xcccccccc, 0xf0f0f0f0, 0xff00ff00, 0xffff0000];

function tableOf(circuit: Circuit, inputs: readonly Literal[]) {
  return simulate(circuit, 1, (node, into) => {
    into[0] = COLUMNS[inputs.indexOf(node * 2)] as number;
  });
}

const clausesOf = (variables: number) =>
  fc.array(fc.array(fc.nat({ max: variables * 2 - 1 }), { minLength: 1, maxLength: 4 }), { maxLength: 40 });

const holds = (clauses: readonly (readonly number[])[], bits: number) =>
  clauses.every(clause =>
    clause.some(literal => (((bits >> (literal >> 1)) & 1) === 1) === ((literal & 1) === 0)),
  );

describe('the solver', () => {
  test('agrees with trying everything, and its assignments hold', () => {
    let satisfiable = 0;
    fc.assert(
      fc.property(clausesOf(7), clauses => {
        const model = solve(7, clauses);
        const possible = Array.from({ length: 128 }, (_, bits) => bits).some(bits => holds(clauses, bits));
        expect(model !== null).toBe(possible);
        if (model === null) return;
        satisfiable++;
        expect(
          holds(
            clauses,
            model.reduce((bits, value, variable) => bits | (value << variable), 0),
          ),
        ).toBe(true);
      }),
      { numRuns: 4000 },
    );
    expect(satisfiable).toBeGreaterThan(400);
    expect(satisfiable).toBeLessThan(3900);
  });

  test('shows that six pigeons do not fit into five holes', () => {
    const at = (pigeon: number, hole: number) => (pigeon * 5 + hole) * 2;
    const clauses: number[][] = [];
    for (let pigeon = 0; pigeon < 6; pigeon++) {
      clauses.push([0, 1, 2, 3, 4].map(hole => at(pigeon, hole)));
      for (let other = 0; other < pigeon; other++) {
        for (let hole = 0; hole < 5; hole++) clauses.push([at(pigeon, hole) ^ 1, at(other, hole) ^ 1]);
      }
    }
    expect(solve(30, clauses)).toBeNull();
    expect(solve(30, clauses.slice(1))).not.toBeNull();
  });

  test('finds the clause without literals', () => {
    expect(solve(1, [[]])).toBeNull();
    expect(solve(0, [])).toEqual(new Uint8Array(0));
  });
});

describe('a circuit', () => {
  test('computes what its operators say, in simulation and in the solver', () => {
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
    const table = tableOf(circuit, [a, b, c]);
    for (const [literal, expected] of cases) {
      for (let row = 0; row < 8; row++) {
        const bits = [row & 1, row & 2, row & 4].map(Boolean) as [boolean, boolean, boolean];
        expect(valueAt(table, literal, row)).toBe(expected(...bits));
      }
      for (const wanted of [literal, not(literal)]) {
        const found = satisfy(circuit, [wanted]);
        const first = firstWhere(table, [wanted]);
        expect(found === null).toBe(first === -1);
        const value = (one: Literal) => found?.get(nodeOf(one)) ?? false;
        if (found !== null) expect(expected(value(a), value(b), value(c))).toBe(wanted === literal);
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
      const table = tableOf(circuit, inputs);
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
