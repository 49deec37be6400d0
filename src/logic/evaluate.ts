/** The truth of literals under one assignment of the inputs. */
import { type Circuit, type Literal, nodeOf } from './circuit.ts';

/** Inputs that are not given count as false. Each node is worked out once, when it is first asked about. */
export function evaluator(
  circuit: Circuit,
  inputs: ReadonlyMap<number, boolean>,
): (literal: Literal) => boolean {
  const known = new Map<number, boolean>([[0, false]]);
  const truthOf = (literal: Literal): boolean | undefined => {
    const value = known.get(nodeOf(literal));
    return value === undefined ? undefined : value !== ((literal & 1) === 1);
  };
  const settle = (node: number): void => {
    const open = [node];
    while (open.length > 0) {
      const next = open.at(-1)!;
      const [a, b] = [circuit.left[next]!, circuit.right[next]!];
      if (a === -1) known.set(next, inputs.get(next) ?? false);
      else {
        const [x, y] = [truthOf(a), truthOf(b)];
        if (x === false || y === false) known.set(next, false);
        else if (x === undefined) open.push(nodeOf(a));
        else if (y === undefined) open.push(nodeOf(b));
        else known.set(next, true);
      }
      if (known.has(next)) open.pop();
    }
  };
  return literal => {
    if (!known.has(nodeOf(literal))) settle(nodeOf(literal));
    return truthOf(literal) === true;
  };
}
