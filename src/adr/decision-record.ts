/** The record of one decided decision: all its parts, said as fully as two pages allow. */
import type { Decided } from '../engine/outcome.ts';
import { byPerson, confirmationLines } from './confirmation.ts';
import { badConsequences, goodConsequences } from './consequences.ts';
import { assumptionLines, contextLines, decisionQuestion } from './context.ts';
import { detailAt, LEAST, MOST_WORDS } from './detail.ts';
import { driverConflicts, driverLines } from './drivers.ts';
import { evidenceLines } from './evidence.ts';
import type { AdrInput } from './input.ts';
import type { Library } from './library.ts';
import { madr } from './madr.ts';
import { earlierLines, moreLines, relatedRecords, reviewDay } from './more-information.ts';
import { optionRecords, optionTitles } from './options.ts';
import { outcomeOf } from './outcome.ts';
import { wordsOfRecord } from './prose.ts';
import { matter } from './reasons.ts';
import type { AdrRecord } from './record.ts';
import type { Relations } from './relations.ts';
import { ruledOutRecords } from './ruled-out.ts';
import { createSubject, type Subject } from './subject.ts';

export function decisionRecord(
  input: AdrInput,
  library: Library,
  relations: Relations,
  outcome: Decided,
): AdrRecord {
  const compose = (level: number): AdrRecord =>
    recordOf(createSubject(input, library, relations, outcome, detailAt(level)));
  let fitting: AdrRecord | null = null;
  for (let low = 0, high = LEAST; low < high; ) {
    const middle = Math.floor((low + high) / 2);
    const record = compose(middle);
    if (wordsOfRecord(madr(record)) > MOST_WORDS) low = middle + 1;
    else [fitting, high] = [record, middle];
  }
  return fitting ?? compose(LEAST);
}

function recordOf(subject: Subject): AdrRecord {
  const { input, decision, pick, link } = subject;
  return {
    decision: decision.id,
    link,
    status: 'proposed',
    date: input.stack.asOf,
    deciders: input.project.deciders ?? [],
    tags: [decision.id, pick.id],
    related: relatedRecords(input, subject.relations, decision.id),
    context: contextLines(subject),
    assumptions: assumptionLines(subject),
    question: decisionQuestion(subject),
    drivers: driverLines(subject),
    conflicts: driverConflicts(subject),
    options: optionTitles(subject),
    outcome: outcomeOf(subject),
    good: goodConsequences(subject),
    bad: badConsequences(subject),
    confirmation: confirmationLines(input, decision.id, byPerson(matter(subject), reviewDay(subject))),
    optionRecords: optionRecords(subject),
    ruledOut: ruledOutRecords(subject),
    evidence: evidenceLines(subject),
    more: [...moreLines(subject), ...earlierLines(subject)],
  };
}
