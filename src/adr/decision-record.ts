/** The record of one decided decision: all its parts, said as fully as two pages allow. */
import type { Decided } from '../engine/outcome.ts';
import { confirmationLines } from './confirmation.ts';
import { badConsequences, goodConsequences } from './consequences.ts';
import { assumptionLines, contextLines, decisionQuestion } from './context.ts';
import { driverConflicts, driverLines } from './drivers.ts';
import { evidenceLines } from './evidence.ts';
import type { AdrInput } from './input.ts';
import type { Library } from './library.ts';
import { madr } from './madr.ts';
import { moreLines, relatedRecords } from './more-information.ts';
import { optionRecords, optionTitles, ruledOutRecords } from './options.ts';
import { outcomeOf } from './outcome.ts';
import { wordsOfRecord } from './prose.ts';
import type { AdrRecord } from './record.ts';
import type { Relations } from './relations.ts';
import { createSubject, type Detail, type Subject } from './subject.ts';

const MOST_WORDS = 900;
/** From all to the least that a record needs. */
const DETAILS: readonly Detail[] = [
  { argumentsOfPick: 4, argumentsOfOthers: 3, flips: 6, answers: 10 },
  { argumentsOfPick: 3, argumentsOfOthers: 2, flips: 4, answers: 8 },
  { argumentsOfPick: 3, argumentsOfOthers: 1, flips: 3, answers: 6 },
  { argumentsOfPick: 2, argumentsOfOthers: 1, flips: 2, answers: 5 },
  { argumentsOfPick: 1, argumentsOfOthers: 1, flips: 1, answers: 4 },
];

export function decisionRecord(
  input: AdrInput,
  library: Library,
  relations: Relations,
  outcome: Decided,
): AdrRecord {
  const records = DETAILS.map(
    detail => () => recordOf(createSubject(input, library, relations, outcome, detail)),
  );
  for (const compose of records) {
    const record = compose();
    if (wordsOfRecord(madr(record)) <= MOST_WORDS) return record;
  }
  return recordOf(createSubject(input, library, relations, outcome, DETAILS.at(-1) as Detail));
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
