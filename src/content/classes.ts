/** Numbers fall into classes between the thresholds that conditions use: within a class nothing tells them apart. */
import type { Condition, Id, NumberQuestion } from './catalogue.ts';

/** Every value at which some condition on a number begins or ends to hold. */
export function thresholds(conditions: Iterable<Condition>): ReadonlyMap<Id, ReadonlySet<number>> {
  const found = new Map<Id, Set<number>>();
  const visit = (condition: Condition): void => {
    if (condition.op === 'all' || condition.op === 'any') condition.of.forEach(visit);
    else if (condition.op === 'not' || condition.op === 'term') visit(condition.of);
    else if (condition.op === 'range') {
      const cuts = found.get(condition.question) ?? new Set<number>();
      found.set(condition.question, cuts.add(condition.from).add(condition.to + 1));
    }
  };
  for (const condition of conditions) visit(condition);
  return found;
}

export function classesOf(question: NumberQuestion, cuts: ReadonlySet<number>): NumberQuestion['classes'] {
  const { min, max } = question;
  const starts = [min, ...[...cuts].filter(cut => cut > min && cut <= max).sort((a, b) => a - b)];
  return starts.map((from, index) => ({ from, to: (starts[index + 1] ?? max + 1) - 1 }));
}
