import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  all,
  and,
  any,
  type Circuit,
  createCircuit,
  differ,
  FALSE,
  input,
  type Literal,
  nodeOf,
  not,
  TRUE,
} from '../../src/logic/circuit.ts';
import { firstWhere, simulate, valueAt } from '../../src/logic/simulation.ts';
import { createSolver, type Solved } from '../../src/logic/solver.ts';
import { columnsOf } from './columns.ts';

/** A circuit over six inputs, gate by gate from any two literals before it. */
const gates = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 40 });
const questions = fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 8,
});

function build(circuit: Circuit, plan: readonly (readonly [number, number])[]): Literal[] {
  const literals: Literal[] = [FALSE, ...Array.from({ length: 6 }, () => input(circuit))];
  for (const [a, b] of plan) {
    const pick = (at: number) => literals[(at >> 1) % literals.length]! ^ (at & 1);
    literals.push(and(circuit, pick(a), pick(b)));
  }
  return literals;
}

/** Holes by pigeons: every pigeon sits in a hole, no two share one. */
function pigeons(circuit: Circuit, count: number, holes: number): Literal[] {
  const sits = Array.from({ length: count }, () => Array.from({ length: holes }, () => input(circuit)));
  const alone = sits.flatMap((row, pigeon) =>
    sits.slice(pigeon + 1).flatMap(other => row.map((one, hole) => not(and(circuit, one, other[hole]!)))),
  );
  return [...sits.map(row => any(circuit, row)), ...alone];
}

const isModel = (solved: Solved): solved is ReadonlyMap<number, boolean> =>
  solved !== null && solved !== 'open';

describe('the solver', () => {
  test('finds what trying everything finds, question after question with one memory', () => {
    const seen = { possible: 0, impossible: 0 };
    fc.assert(
      fc.property(gates, questions, (plan, asked) => {
        const circuit = createCircuit();
        const literals = build(circuit, plan);
        const table = simulate(circuit, 2, columnsOf(circuit));
        const solver = createSolver(circuit);
        for (const picks of asked) {
          const wanted = picks.map(at => literals[(at >> 1) % literals.length]! ^ (at & 1));
          const solved = solver.satisfy(wanted);
          expect(isModel(solved)).toBe(firstWhere(table, wanted) !== -1);
          if (!isModel(solved)) {
            seen.impossible++;
            continue;
          }
          seen.possible++;
          let row = 0;
          for (let index = 0; index < 6; index++)
            if (solved.get(nodeOf(literals[index + 1]!))) row |= 1 << index;
          expect(wanted.map(literal => valueAt(table, literal, row))).toEqual(wanted.map(() => true));
        }
      }),
      { numRuns: 2000 },
    );
    expect(seen.possible).toBeGreaterThan(2000);
    expect(seen.impossible).toBeGreaterThan(2000);
  });

  test('finds what trying everything finds in a circuit that grows between questions', () => {
    fc.assert(
      fc.property(gates, gates, (first, second) => {
        const circuit = createCircuit();
        const solver = createSolver(circuit);
        const before = build(circuit, first).at(-1)!;
        solver.satisfy([before]);
        solver.satisfy([not(before)]);
        const literals = build(circuit, second);
        const after = differ(circuit, literals.at(-1)!, literals.at(-2)!);
        const table = simulate(circuit, 128, columnsOf(circuit));
        for (const wanted of [[after], [before, after], [not(before), after], [before, not(after)]]) {
          expect(isModel(solver.satisfy(wanted))).toBe(firstWhere(table, wanted) !== -1);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('shows that seven pigeons do not fit into six holes, and six do', () => {
    const circuit = createCircuit();
    const solver = createSolver(circuit);
    expect(solver.satisfy(pigeons(circuit, 7, 6))).toBeNull();
    expect(isModel(solver.satisfy(pigeons(circuit, 6, 6)))).toBe(true);
  });

  test('gives up when told to, and can be asked again', () => {
    const circuit = createCircuit();
    const solver = createSolver(circuit);
    const wanted = pigeons(circuit, 8, 7);
    expect(solver.satisfy(wanted, 100)).toBe('open');
    expect(solver.satisfy([any(circuit, wanted)])).not.toBeNull();
    expect(solver.satisfy([all(circuit, pigeons(circuit, 5, 4))])).toBeNull();
  });

  test('knows the constants', () => {
    const solver = createSolver(createCircuit());
    expect(solver.satisfy([FALSE])).toBeNull();
    expect(solver.satisfy([TRUE])).toEqual(new Map());
    expect(solver.satisfy([])).toEqual(new Map());
  });
});
