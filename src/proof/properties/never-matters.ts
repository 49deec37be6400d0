/** Leaving a rule out changes a pick or a verdict for somebody. A redundant rules-out may be a safeguard: a note. */
import { found } from '../encode-condition.ts';
import type { Property } from '../property.ts';
import { answersOf, witness } from '../workbench.ts';

export const neverMatters: Property = {
  code: 'never-matters',
  phase: 'rules',
  check: ({ bench, effects }) =>
    [...bench.encoding.decisions.values()].flatMap(({ decision, applies, fires }) => {
      const rules = new Set([...decision.reasons, ...decision.bans]);
      return [...rules].flatMap(compiled => {
        const { rule } = compiled;
        const fired = witness(bench, [bench.encoding.possible, applies, found(fires, rule.id)]);
        if (fired === null || (rule.rulesOut !== null && !bench.isSound)) return [];
        const effect = effects.ofRule(decision, compiled);
        if (effect.kind === 'matters' || effect.kind === 'orders') return [];
        const isUnknown = effect.kind === 'unknown';
        const bans = rule.rulesOut !== null;
        return [
          {
            code: isUnknown ? 'not-proven' : 'never-matters',
            severity: isUnknown || bans ? ('note' as const) : ('error' as const),
            subject: `rule:${rule.id}`,
            message: isUnknown
              ? 'without it every pick is the same; whether a verdict changes is too hard to find out'
              : 'without it the same comes out, whatever the answers',
            help: bans
              ? 'It may be a safeguard: then keep it.'
              : 'Remove it, or say in other words what it is there for.',
            reproduction: [answersOf(bench, fired)],
          },
        ];
      });
    }),
};
