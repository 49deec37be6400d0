/** The whole decision in one sentence, in the form of Zdun and others: context, facing, decided, neglected, to achieve, accepting. */
import { listed } from '../content/sentence.ts';
import { markdownText } from '../files/markdown.ts';
import { driverGoal, driverName } from './prose.ts';
import { clause, matter, quotedLabel } from './reasons.ts';
import type { Subject } from './subject.ts';

const MOST_NEGLECTED = 3;

export function yStatement(subject: Subject): string {
  const { pick, decision, eligible, drivers, outcome, library, told } = subject;
  const needs = drivers.slice(0, 2);
  const facing = needs.map((driver, index) => {
    if (driver.quality === null) return `must-haves (${driver.id})`;
    const start = index === 0 || needs[0]?.quality === null ? 'the need for ' : '';
    return `${start}${driverName(driver.quality)} (${driver.id})`;
  });
  const others = eligible.slice(1).map(option => option.id);
  const removed = told.ruledOut.map(one => one.option);
  const neglected = others.length > 0 ? others : removed.length > 0 ? removed : outcome.absent;
  const names = neglected
    .slice(0, MOST_NEGLECTED)
    .map(id => quotedLabel(library.option(decision.id, id).label));
  const served = told.deciding[0] ?? told.further[0] ?? told.gain;
  const achieve = driverGoal(served?.driver ?? 'operability');
  const accepting = pick.cons[0]?.text ?? 'it has to be looked at again at the review date';
  return (
    `In the context of ${matter(subject)}, ` +
    `facing ${listed(facing, 'and')}, we decided for ${quotedLabel(pick.label)} ` +
    `and neglected ${names.length === 0 ? 'nothing' : listed(names, 'and')}, ` +
    `to achieve ${achieve}, accepting that ${markdownText(clause(subject, accepting))}.`
  );
}
