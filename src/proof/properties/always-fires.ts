/** No reason holds for everybody who needs the decision. */
import { not } from '../../logic/circuit.ts';
import { found } from '../encode-condition.ts';
import type { Property } from '../property.ts';
import { answersOf, witness } from '../workbench.ts';

export const alwaysFires: Property = {
  code: 'always-fires',
  phase: 'rules',
  check: ({ bench }) =>
    [...bench.encoding.decisions.values()].flatMap(({ decision, applies, fires }) => {
      const { possible } = bench.encoding;
      const needed = witness(bench, [possible, applies]);
      if (needed === null) return [];
      return decision.decision.rules
        .filter(rule => !(rule.when.op === 'all' && rule.when.of.length === 0))
        .filter(rule => witness(bench, [possible, applies, not(found(fires, rule.id))]) === null)
        .map(rule => ({
          code: 'always-fires',
          severity: 'error' as const,
          subject: `rule:${rule.id}`,
          message: 'its condition holds for all answers with which the decision is needed',
          help: 'A reason that is always there belongs into the pros and cons of the option.',
          reproduction: [answersOf(bench, needed)],
        }));
    }),
};
