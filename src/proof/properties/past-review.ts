/** Facts are looked at again by the day that they name. */
import type { Answers, Fact } from '../../content/catalogue.ts';
import { found } from '../encode-condition.ts';
import type { Property } from '../property.ts';
import { answersOf, type Workbench, witness } from '../workbench.ts';

export const pastReview: Property = {
  code: 'past-review',
  phase: 'dates',
  check: ({ bench, day }) =>
    bench.engine.catalogue.facts
      .filter(fact => fact.reviewBy < day)
      .map(fact => ({
        code: 'past-review',
        severity: 'warning',
        subject: `fact:${fact.id}`,
        message: `this fact was to be looked at again by ${fact.reviewBy}`,
        help: `Read ${fact.source.url} again, then set "checked" and "review-by".`,
        reproduction: whoReadsIt(bench, fact),
      })),
};

/** Answers for which a rule rests on it. */
function whoReadsIt(bench: Workbench, fact: Fact): readonly Answers[] {
  for (const { decision, applies, fires } of bench.encoding.decisions.values()) {
    for (const rule of decision.decision.rules) {
      if (!rule.facts.includes(fact.id)) continue;
      const holds = witness(bench, [bench.encoding.possible, applies, found(fires, rule.id)]);
      if (holds !== null) return [answersOf(bench, holds)];
    }
  }
  return [];
}
