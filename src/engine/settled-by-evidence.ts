/** Whether evidence settles a pick, and not an opinion that no open answer outweighs. */
import { type CompiledDecision, type Engine, isSingle } from './model.ts';
import { newRoom, possiblePicks } from './possible.ts';
import type { Run } from './run.ts';
import { standingOf } from './standing.ts';

/** True where no open answer could move the pick of this decision if its opinions had not been said. */
export function isSettledByEvidence({ engine, input, pins, standing }: Run, index: number): boolean {
  const evidence = engine.evidence.get(index);
  if (evidence === undefined) return true;
  // With what is possible of all that it reads this is quick, and says nothing wrong: only less than can be known.
  if (isSingle(possiblePicks(evidence, standing.root, pins[index]!, 'best', newRoom()))) return true;
  return isSingle(standingOf(replaced(engine, evidence), input.answers, pins).root.picks[index]!);
}

function replaced(engine: Engine, decision: CompiledDecision): Engine {
  const { index } = decision;
  return {
    ...engine,
    decisions: engine.decisions.with(index, decision),
    steps: engine.steps.with(engine.stepOf[index]!, { kind: 'decision', decision }),
  };
}
