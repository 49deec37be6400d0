/** Every option is the pick for somebody. */
import type { Answers } from '../../content/catalogue.ts';
import type { EncodedDecision } from '../encode.ts';
import type { Property } from '../property.ts';
import { answersOf, type Workbench, witness } from '../workbench.ts';

export const neverWins: Property = {
  code: 'never-wins',
  phase: 'decisions',
  check: ({ bench }) =>
    [...bench.encoding.decisions.values()].flatMap(encoded => {
      const { possible } = bench.encoding;
      if (witness(bench, [possible, encoded.applies]) === null) return [];
      const { decision, options } = encoded.decision;
      return options
        .filter(({ index }) => witness(bench, [possible, encoded.picked[index]!]) === null)
        .map(({ option, index }) => ({
          code: 'never-wins',
          severity: 'error' as const,
          subject: `option:${decision.id}/${option.id}`,
          message: `no answers make ${option.label} the pick of "${decision.title}"`,
          help: 'Add the reason for which somebody should take it, or remove the option.',
          reproduction: nearest(bench, encoded, index),
        }));
    }),
};

/** Answers with which it comes as near as it can: it could be picked, else it applies, else the decision is needed. */
function nearest(bench: Workbench, encoded: EncodedDecision, index: number): readonly Answers[] {
  const { viable, available, applicable, applies } = encoded;
  for (const literal of [viable[index]!, available[index]!, applicable[index]!, applies]) {
    const holds = witness(bench, [bench.encoding.possible, literal]);
    if (holds !== null) return [answersOf(bench, holds)];
  }
  return [];
}
