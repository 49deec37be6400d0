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
import { optionRecords, optionTitles } from './options.ts';
import { outcomeOf } from './outcome.ts';
import { wordsOfRecord } from './prose.ts';
import type { AdrRecord } from './record.ts';
import type { Relations } from './relations.ts';
import { ruledOutRecords } from './ruled-out.ts';
import { createSubject, type Subject } from './subject.ts';
import type { Detail } from './told.ts';

const MOST_WORDS = 900;
/** From all to the least that a record needs. */
const DETAILS: readonly Detail[] = [
  {
    answers: 10,
    assumptions: 8,
    flips: 6,
    ownArguments: 3,
    fullOptions: 4,
    facts: 2,
    factsOfOthers: 1,
    revisits: 3,
    forces: 2,
    statements: 'all',
  },
  {
    answers: 8,
    assumptions: 5,
    flips: 5,
    ownArguments: 2,
    fullOptions: 3,
    facts: 2,
    factsOfOthers: 1,
    revisits: 2,
    forces: 2,
    statements: 'all',
  },
  {
    answers: 7,
    assumptions: 4,
    flips: 4,
    ownArguments: 2,
    fullOptions: 2,
    facts: 1,
    factsOfOthers: 1,
    revisits: 2,
    forces: 2,
    statements: 'all',
  },
  {
    answers: 6,
    assumptions: 3,
    flips: 3,
    ownArguments: 2,
    fullOptions: 1,
    facts: 1,
    factsOfOthers: 1,
    revisits: 2,
    forces: 1,
    statements: 'all',
  },
  {
    answers: 6,
    assumptions: 3,
    flips: 3,
    ownArguments: 2,
    fullOptions: 1,
    facts: 1,
    factsOfOthers: 1,
    revisits: 2,
    forces: 1,
    statements: 'own',
  },
  {
    answers: 5,
    assumptions: 2,
    flips: 2,
    ownArguments: 1,
    fullOptions: 1,
    facts: 1,
    factsOfOthers: 1,
    revisits: 1,
    forces: 1,
    statements: 'own',
  },
  {
    answers: 4,
    assumptions: 2,
    flips: 2,
    ownArguments: 1,
    fullOptions: 0,
    facts: 1,
    factsOfOthers: 1,
    revisits: 1,
    forces: 1,
    statements: 'own',
  },
  {
    answers: 4,
    assumptions: 2,
    flips: 1,
    ownArguments: 1,
    fullOptions: 0,
    facts: 1,
    factsOfOthers: 1,
    revisits: 1,
    forces: 1,
    statements: 'deciding',
  },
  {
    answers: 3,
    assumptions: 1,
    flips: 1,
    ownArguments: 1,
    fullOptions: 0,
    facts: 1,
    factsOfOthers: 0,
    revisits: 1,
    forces: 1,
    statements: 'deciding',
  },
];

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
