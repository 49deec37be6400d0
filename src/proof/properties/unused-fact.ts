/** Every fact stands behind something: a rule, a pro or con of an option, or a fact that it contradicts. */
import type { Property } from '../property.ts';

export const unusedFact: Property = {
  code: 'unused-fact',
  phase: 'facts and scenarios',
  check({ bench }) {
    const { decisions, facts } = bench.engine.catalogue;
    const cited = new Set([
      ...decisions.flatMap(({ rules }) => rules.flatMap(rule => rule.facts)),
      ...decisions.flatMap(({ options }) =>
        options.flatMap(({ pros, cons }) => [...pros, ...cons].flatMap(argument => argument.facts)),
      ),
      ...facts.flatMap(fact => fact.contradictedBy),
    ]);
    return facts
      .filter(fact => !cited.has(fact.id))
      .map(fact => ({
        code: 'unused-fact',
        severity: 'error',
        subject: `fact:${fact.id}`,
        message: 'no rule and no option cites this fact',
        help: 'Cite it where it matters, or remove it.',
        reproduction: [],
      }));
  },
};
