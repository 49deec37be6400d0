/** More information: review date, revisit triggers, the way out, agreement, where the record comes from. */
import { markdownText } from '../files/markdown.ts';
import { reviewBy } from './evidence.ts';
import { asSentence, withoutStop } from './prose.ts';
import type { RelatedRecord } from './record.ts';
import type { Subject } from './subject.ts';

export function moreLines(subject: Subject): readonly string[] {
  const { pick, decision, input } = subject;
  const review = reviewBy(subject);
  return [
    review === null
      ? 'Review by: no fact sets a date, so review it with the next platform review.'
      : `Review by ${review.day}, when ${review.evidence} is due.`,
    ...pick.revisitWhen.map(sign => `Revisit when: ${asSentence(markdownText(withoutStop(sign)))}`),
    ...(decision.dayZero ? ['Day zero: this is hard to change once workloads run.'] : []),
    `Way out: ${asSentence(markdownText(withoutStop(decision.exit)))}`,
    `Written from the answers of ${input.stack.asOf} and the knowledge \`${input.stack.knowledge}\`.`,
    '[ ] Agreed by the decision makers, with names and date.',
  ];
}

export function relatedRecords(subject: Subject): readonly RelatedRecord[] {
  const { relations, decision, input } = subject;
  const linked = (ids: readonly string[], kind: RelatedRecord['kind']): readonly RelatedRecord[] =>
    ids.flatMap(id => {
      const link = input.numbers.get(id);
      return link === undefined ? [] : [{ link, kind }];
    });
  const below = [...relations].filter(([, targets]) => targets.includes(decision.id)).map(([id]) => id);
  return [...linked(relations.get(decision.id) ?? [], 'builds-on'), ...linked(below, 'basis-of')].sort(
    (a, b) => a.link.number - b.link.number,
  );
}
