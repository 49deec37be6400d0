/** More information: review date, revisit triggers, the way out, agreement, where the record comes from. */
import type { Day, Id } from '../content/catalogue.ts';
import { listed } from '../content/sentence.ts';
import { markdownLink, markdownText } from '../files/markdown.ts';
import { reviewBy } from './evidence.ts';
import type { AdrInput } from './input.ts';
import { asSentence, aYearAfter, withoutStop } from './prose.ts';
import type { RelatedRecord } from './record.ts';
import type { Relations } from './relations.ts';
import type { Subject } from './subject.ts';

export function moreLines(subject: Subject): readonly string[] {
  const { pick, decision, input } = subject;
  const review = reviewBy(subject);
  return [
    review === null
      ? `Review by ${aYearAfter(input.stack.asOf)}, a year after it was written.`
      : `Review by ${review.day}, when ${review.evidence} is due.`,
    ...pick.revisitWhen
      .slice(0, subject.detail.revisits)
      .map(sign => `Revisit when: ${asSentence(markdownText(withoutStop(sign)))}`),
    ...numberLines(subject),
    ...(decision.dayZero ? ['Day zero: this is hard to change once workloads run.'] : []),
    `Way out: ${asSentence(markdownText(withoutStop(decision.exit)))}`,
    `Written from the answers of ${input.stack.asOf} and the knowledge \`${input.stack.knowledge}\`.`,
    '[ ] Agreed by the decision makers, with names and date.',
  ];
}

/** The day on which the record has to be looked at again. */
export function reviewDay(subject: Subject): Day {
  return reviewBy(subject)?.day ?? aYearAfter(subject.input.stack.asOf);
}

/** What is recorded on the same matter already is linked instead of repeated. */
export function earlierLines({ input, decision }: Subject): readonly string[] {
  const links = input.earlier?.get(decision.id) ?? [];
  return links.map(link => `On the same matter, recorded before: ${markdownLink(link.title, link.path)}`);
}

/** What the decision comes to, each number with the facts that its formula stands on. */
function numberLines({ input, decision }: Subject): readonly string[] {
  return (input.figures ?? [])
    .filter(figure => figure.decision === decision.id)
    .map(({ says, facts }) => `In numbers: ${markdownText(says)} By ${listed(facts, 'and')}.`);
}

export function relatedRecords(input: AdrInput, relations: Relations, record: Id): readonly RelatedRecord[] {
  const linked = (ids: readonly Id[], kind: RelatedRecord['kind']): readonly RelatedRecord[] =>
    ids.flatMap(id => {
      const link = input.numbers.get(id);
      return link === undefined ? [] : [{ link, kind }];
    });
  const above = [...relations].filter(([, targets]) => targets.includes(record)).map(([id]) => id);
  return [...linked(relations.get(record) ?? [], 'builds-on'), ...linked(above, 'basis-of')].sort(
    (a, b) => a.link.number - b.link.number,
  );
}
