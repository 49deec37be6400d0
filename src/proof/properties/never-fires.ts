/** The condition of every rule holds for somebody who needs the decision. */
import type { CompiledRule } from '../../engine/model.ts';
import { found } from '../encode-condition.ts';
import type { Property } from '../property.ts';
import { answersOf, witness } from '../workbench.ts';

export const neverFires: Property = {
  code: 'never-fires',
  phase: 'rules',
  check: ({ bench, effects }) =>
    [...bench.encoding.decisions.values()].flatMap(({ decision, applies, fires }) => {
      const { possible } = bench.encoding;
      const needed = witness(bench, [possible, applies]);
      if (needed === null) return [];
      /** It never fires since that would leave nothing, or since picks give way, so that it does not. */
      const isFelt = (rule: CompiledRule): boolean =>
        rule.rulesOut !== 0 &&
        (!bench.isSound ||
          (bench.deadEnds.has(decision.index) && effects.ofRule(decision, rule).kind === 'matters'));
      return [...new Set([...decision.reasons, ...decision.bans])]
        .filter(({ rule }) => witness(bench, [possible, applies, found(fires, rule.id)]) === null)
        .filter(rule => !isFelt(rule))
        .map(({ rule }) => ({
          code: 'never-fires',
          severity: 'error' as const,
          subject: `rule:${rule.id}`,
          message: 'its condition never holds where the decision is needed',
          help: 'Check its "when", and what the questions and decisions in it depend on.',
          reproduction: [answersOf(bench, needed)],
        }));
    }),
};
