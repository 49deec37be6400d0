/** What a conflict teaches: a clause that keeps the search from coming here again (first unique implication point). */
import type { Assignment, Reason } from './assignment.ts';
import type { Circuit } from './circuit.ts';
import type { Clauses } from './clauses.ts';
import { withRoom } from './growing.ts';
import type { Conflict } from './propagation.ts';

export interface Lesson {
  /** The literal that follows first, then one of the highest level below. */
  readonly clause: Int32Array;
  /** Number of levels it spans. */
  readonly span: number;
}

export function createAnalysis(
  circuit: Circuit,
  clauses: Clauses,
  assignment: Assignment,
  bump: (node: number) => void,
): (conflict: Conflict) => Lesson {
  let seen = new Int8Array(1024);

  /** The false literals from which `literal` follows. */
  function eachBehind(literal: number, reason: Reason, visit: (other: number) => void): void {
    const of = reason >> 2;
    switch (reason & 3) {
      case 1:
        visit(of ^ 1);
        return;
      case 2: {
        const a = circuit.left[of]! ^ 1;
        const b = circuit.right[of]! ^ 1;
        if (of * 2 !== literal) visit(of * 2);
        if (a !== literal) visit(a);
        if (b !== literal) visit(b);
        return;
      }
      case 3:
        for (const other of clauses.list[of]!) if (other !== literal) visit(other);
    }
  }

  /** True where the literal follows from others of the clause, so that it need not be said. */
  function isImplied(literal: number): boolean {
    const { reason, level } = assignment;
    const why = reason[literal >> 1]!;
    if (why === 0) return false;
    let implied = true;
    eachBehind(literal ^ 1, why, other => {
      if (seen[other >> 1] === 0 && level[other >> 1] !== 0) implied = false;
    });
    return implied;
  }

  return conflict => {
    const { reason, level, trail, limits } = assignment;
    seen = withRoom(seen, level.length);
    const rest: number[] = [];
    let open = 0;
    const visit = (other: number): void => {
      const node = other >> 1;
      if (seen[node] === 1 || level[node] === 0) return;
      seen[node] = 1;
      bump(node);
      if (level[node] === limits.length) open++;
      else rest.push(other);
    };
    visit(conflict.literal);
    eachBehind(conflict.literal, conflict.reason, visit);
    let at = assignment.assigned - 1;
    let last = 0;
    while (true) {
      while (seen[trail[at]! >> 1] === 0) at--;
      last = trail[at--]!;
      open--;
      if (open === 0) break;
      seen[last >> 1] = 0;
      eachBehind(last, reason[last >> 1]!, visit);
    }
    const needed = rest.filter(literal => !isImplied(literal));
    for (const literal of rest) seen[literal >> 1] = 0;
    seen[last >> 1] = 0;
    const clause = Int32Array.from([last ^ 1, ...needed]);
    for (let index = 2; index < clause.length; index++) {
      if (level[clause[index]! >> 1]! <= level[clause[1]! >> 1]!) continue;
      const higher = clause[index]!;
      clause[index] = clause[1]!;
      clause[1] = higher;
    }
    return { clause, span: new Set(needed.map(literal => level[literal >> 1])).size + 1 };
  };
}
