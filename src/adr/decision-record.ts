/** The record of one decided decision: all its parts, said as fully as two pages allow. */
import type { Decided } from '../engine/outcome.ts';
import { confirmationLines } from './confirmation.ts';
import { badConsequences, goodConsequences } from './consequences.ts';
import { assumptionLines, contextLines, decisionQuestion } from './context.ts';
import { DETAILS } from './detail.ts';
import { driverConflicts, driverLines } from './drivers.ts';
import { evidenceLines } from './evidence.ts';
import type { AdrInput } from './input.ts';
import type { Library } from './library.ts';
import { madr } from './madr.ts';
import { moreLines, relatedRecords } from './more-information.ts';
import { optionRecords, optionTitles } from './options.ts';
import { outcomeOf } from './outcome.ts';
import { wordsOfRecord } from './prose.ts';
import type { AdrRecord } from './record.ts';
import type { Relations } from './relations.ts';
import { ruledOutRecords } from './ruled-out.ts';
import { createSubject, type Subject } from './subject.ts';

const MOST_WORDS = 900;
export function decisionRecord(
  input: AdrInput,
  library: Library,
  relations: Relations,
  outcome: Decided,
): AdrRecord {
  let shortest: AdrRecord | null = null;
  for (const detail of DETAILS) {
    shortest = recordOf(createSubject(input, library, relations, outcome, detail));
    if (wordsOfRecord(madr(shortest)) <= MOST_WORDS) return shortest;
  }
  if (shortest === null) throw new Error('a record has no form at all');
  return shortest;
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
    confirmation: confirmationLines(input, decision.id),
    optionRecords: optionRecords(subject),
    ruledOut: ruledOutRecords(subject),
    evidence: evidenceLines(subject),
    more: moreLines(subject),
  };
}
