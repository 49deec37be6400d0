/** Which decisions can leave one another without an option. In most content there are none. */
import type { Id } from '../content/catalogue.ts';
import type { CompiledDecision, Engine } from '../engine/model.ts';
import { all, and, any, type Circuit, input, type Literal, not, TRUE } from '../logic/circuit.ts';
import type { Solver } from '../logic/solver.ts';
import type { AnswerSpace } from './answer-space.ts';
import { type EncodedPick, nothingKnown } from './encode-condition.ts';
import { futureAvailability } from './viability.ts';

/**
 * Indices of the decisions that some picks of earlier ones, good or bad, leave without an option, and of all whose
 * picks have a part in that.
 */
export function findDeadEnds(
  circuit: Circuit,
  engine: Engine,
  space: AnswerSpace,
  solver: Solver,
): ReadonlySet<number> {
  const members = new Set<number>();
  const add = ({ index, availabilityReads }: CompiledDecision): void => {
    if (members.has(index)) return;
    members.add(index);
    for (const read of availabilityReads) add(engine.decisions[read]!);
  };
  const availability = futureAvailability(circuit, engine, space);
  const picks = new Map<Id, EncodedPick>();
  const before = { asked: nothingKnown(space).asked, decisions: picks };
  let consistent: Literal = TRUE;
  for (const decision of engine.decisions) {
    const { applies, available } = availability(before, decision);
    if (solver.satisfy([consistent, applies, ...available.map(not)]) !== null) add(decision);
    const chosen = decision.options.map(() => input(circuit));
    const picked = chosen.map((literal, index) =>
      all(circuit, [literal, available[index]!, ...chosen.slice(0, index).map(not)]),
    );
    picks.set(decision.decision.id, { decision, picked });
    consistent = and(circuit, consistent, any(circuit, [not(applies), ...picked]));
  }
  return members;
}

/** How many combinations of picks these decisions have. */
export const combinationsOf = (engine: Engine, members: ReadonlySet<number>): number =>
  [...members].reduce((product, index) => product * (engine.decisions[index]!.options.length + 1), 1);
