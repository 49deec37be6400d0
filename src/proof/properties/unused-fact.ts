/** Every fact stands behind something: a rule, a pro or con of an option, a suggestion, or a fact that it contradicts. */
import type { Property } from '../property.ts';

export const unusedFact: Property = {
  code: 'unused-fact',
  phase: 'facts and scenarios',
  check({ bench }) {
    const { decisions, facts, questions } = bench.engine.catalogue;
    const cited = new Set([
      ...decisions.flatMap(({ rules }) => rules.flatMap(rule => rule.facts)),
      ...decisions.flatMap(({ contradictions = [] }) => contradictions.flatMap(one => one.facts)),
      ...decisions.flatMap(({ options }) =>
        options.flatMap(({ pros, cons }) => [...pros, ...cons].flatMap(argument => argument.facts)),
      ),
      ...questions.flatMap(({ suggested = [] }) => suggested.flatMap(one => one.facts)),
      ...facts.flatMap(fact => fact.contradictedBy),
    ]);
    return facts
      .filter(fact => !cited.has(fact.id))
      .map(fact => ({
        code: 'unused-fact',
        severity: 'error',
        subject: `fact:${fact.id}`,
        message: 'no rule, no option and no suggestion cites this fact',
        help: 'Cite it where it matters, or remove it.',
        reproduction: [],
      }));
  },
};
