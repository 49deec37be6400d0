/** Whether evidence settles a pick, and not an opinion that no open answer outweighs. */
import { type CompiledDecision, type Engine, isSingle, MAYBE } from './model.ts';
import type { Run } from './run.ts';
import { standingOf } from './standing.ts';

/** True where no open answer could move the pick of this decision if its opinions had not been said. */
export function isSettledByEvidence({ engine, input, pins, standing }: Run, index: number): boolean {
  const evidence = engine.evidence.get(index);
  if (evidence === undefined) return true;
  const { root } = standing;
  const isOpen =
    root.ranksOpen[0] === 1 ||
    [...evidence.reasons, ...evidence.bans].some(({ condition }) => condition.test(root) === MAYBE) ||
    evidence.options.some(({ applies }) => applies.test(root) === MAYBE);
  return !isOpen || isSingle(standingOf(replaced(engine, evidence), input.answers, pins).root.picks[index]!);
}

function replaced(engine: Engine, decision: CompiledDecision): Engine {
  const { index } = decision;
  return {
    ...engine,
    decisions: engine.decisions.with(index, decision),
    steps: engine.steps.with(engine.stepOf[index]!, { kind: 'decision', decision }),
  };
}
