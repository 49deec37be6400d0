/** Asks whether literals of a circuit can all hold at once: writes down the gates below them as clauses and solves. */
import { type Circuit, isInput, type Literal, nodeOf, TRUE } from './circuit.ts';
import { solve } from './solver.ts';

/** The truth value of every input node below the literals in one assignment that makes them all hold; null where none does. */
export function satisfy(circuit: Circuit, literals: readonly Literal[]): ReadonlyMap<number, boolean> | null {
  const variableOf = new Map<number, number>();
  const nodes: number[] = [];
  const open = literals.map(nodeOf);
  while (open.length > 0) {
    const node = open.pop() as number;
    if (variableOf.has(node)) continue;
    variableOf.set(node, nodes.push(node) - 1);
    if (node > 0 && !isInput(circuit, node)) {
      open.push(nodeOf(circuit.left[node] as number), nodeOf(circuit.right[node] as number));
    }
  }
  const translate = (literal: Literal) => (variableOf.get(nodeOf(literal)) as number) * 2 + (literal & 1);
  const clauses: number[][] = literals.map(literal => [translate(literal)]);
  for (const node of nodes) {
    if (node === 0) {
      clauses.push([translate(TRUE)]);
      continue;
    }
    if (isInput(circuit, node)) continue;
    const gate = translate(node * 2);
    const [a, b] = [translate(circuit.left[node] as number), translate(circuit.right[node] as number)];
    clauses.push([gate ^ 1, a], [gate ^ 1, b], [gate, a ^ 1, b ^ 1]);
  }
  const model = solve(nodes.length, clauses);
  if (model === null) return null;
  const inputs = new Map<number, boolean>();
  nodes.forEach((node, variable) => {
    if (isInput(circuit, node)) inputs.set(node, model[variable] === 1);
  });
  return inputs;
}
