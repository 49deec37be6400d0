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
import { createMatter, type Subject, subjectOf } from './subject.ts';

export function decisionRecord(
  input: AdrInput,
  library: Library,
  relations: Relations,
  outcome: Decided,
): AdrRecord {
  const about = createMatter(input, library, relations, outcome);
  const compose = (level: number): AdrRecord => recordOf(subjectOf(about, detailAt(level)));
  let fitting: AdrRecord | null = null;
  // Looked for where the words that are too many, or that there is room for, let it be expected.
  for (let low = 0, high = LEAST, level = USUAL; low < high; ) {
    const record = compose(level);
    const over = wordsOfRecord(madr(record)) - MOST_WORDS;
    if (over > 0) low = level + 1;
    else [fitting, high] = [record, level];
    const levels = Math.round(over / WORDS_OF_LEVEL) || Math.sign(over || -1);
    level = Math.min(Math.max(level + levels, low), high - 1);
  }
  return fitting ?? compose(LEAST);
}

/** Where most records fit, and how many words a level takes away. */
const [USUAL, WORDS_OF_LEVEL] = [5, 50];

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
