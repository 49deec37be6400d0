/** What `lint --json` prints. */
import { relative } from 'node:path';
import { writeAnswers } from '../answers/write.ts';
import type { Answers, Catalogue, Day } from '../content/catalogue.ts';
import type { Diagnostic } from '../content/diagnostic.ts';
import type { Place } from '../content/yaml.ts';
import { MOST_QUESTIONS } from '../proof/properties/too-many-questions.ts';
import type { ProvenContent } from './prove-content.ts';

export function lintJson(proven: ProvenContent, seconds: number): unknown {
  const { catalogue, day, proof } = proven;
  return {
    chartroom: 1,
    'as-of': day,
    knowledge: catalogue.digest,
    packs: catalogue.packs,
    findings: proof.findings.map(({ code, severity, subject, message, help, reproduction }) => ({
      code,
      severity,
      subject,
      ...placeOf(proven, subject),
      message,
      help,
      reproduction: reproduction.map(answers => reproductionText(answers, day)),
    })),
    counts: countsOf(proven),
    'facts-checked': checkedDays(catalogue),
    presets: proof.paths.map(path => ({
      id: path.preset,
      'open-questions': path.open,
      'asked-at-most': MOST_QUESTIONS,
      'questions-coming-up': path.all,
    })),
    queries: { simulated: proof.simulated, solved: proof.solved },
    seconds: Math.round(seconds * 100) / 100,
  };
}

/** Where the content could not be loaded: its mistakes as findings, and nothing proven. */
export function mistakesJson(diagnostics: readonly Diagnostic[], day: Day): unknown {
  return {
    chartroom: 1,
    'as-of': day,
    findings: diagnostics.map(({ code, file, line, column, message, help }) => ({
      code,
      severity: 'error',
      subject: null,
      file: fromHere(file),
      line,
      column,
      message,
      help,
      reproduction: [],
    })),
  };
}

export function countsOf({ catalogue, scenarios }: ProvenContent) {
  const { decisions, questions, facts, presets, releases } = catalogue;
  const sum = (count: (decision: Catalogue['decisions'][number]) => number): number =>
    decisions.reduce((total, decision) => total + count(decision), 0);
  return {
    decisions: decisions.length,
    options: sum(({ options }) => options.length),
    rules: sum(({ rules }) => rules.length),
    invariants: sum(({ invariants }) => invariants.length),
    'monotone-claims': sum(({ monotone }) => monotone.length),
    questions: questions.length,
    facts: facts.length,
    components: releases.components.length,
    presets: presets.length,
    scenarios: scenarios.length,
  };
}

/** How many facts were read at their source on which day, the newest first. */
function checkedDays({ facts }: Catalogue): Readonly<Record<Day, number>> {
  const days = facts.map(({ checked }) => checked).toSorted((a, b) => b.localeCompare(a));
  return Object.fromEntries([...new Set(days)].map(day => [day, days.filter(one => one === day).length]));
}

/** Where a subject is written; line 0 where it is not known. */
export function placeOf({ places }: ProvenContent, subject: string): Place {
  const place = places.get(subject) ?? { file: '', line: 0, column: 0 };
  return { file: fromHere(place.file), line: place.line, column: place.column };
}

/** An answers file that `decide` takes. */
export const reproductionText = (answers: Answers, day: Day): string =>
  writeAnswers({ asOf: day, project: { name: 'reproduction' }, answers, pins: new Map() });

function fromHere(file: string): string {
  const path = relative('', file);
  return path.startsWith('..') ? file : path;
}
