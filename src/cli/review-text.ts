/** A review for people and for programs. */

import type { Because, ChangedDecision } from '../adr/compare-decisions.ts';
import { adrId } from '../adr/number.ts';
import { counted } from '../adr/prose.ts';
import { isQuiet, type Review } from './review-report.ts';
import { textWidth, wrap } from './text.ts';

export function reviewText(review: Review): string {
  const { name, asOf, decided, knowledge, counts } = review;
  const state =
    decided.knowledge === knowledge
      ? 'with the knowledge of today'
      : `with knowledge ${decided.knowledge}; today it is ${knowledge}`;
  const head = `${name}, reviewed as of ${asOf}: decided on ${decided.asOf} ${state}.`;
  if (isQuiet(review)) {
    return `${head}\nAll ${counts.decisions} decisions stand, no record is due, and ${counts.files} files are as they were written.`;
  }
  const sections = [
    section(
      'Answers that changed since',
      review.answers.map(({ question, from, to }) => `${question}: ${shown(from)} -> ${shown(to)}`),
    ),
    section('Decisions', review.decisions.flatMap(decisionLines)),
    section(
      'Versions',
      review.versions.map(({ of, from, to }) => `${of}: ${from ?? 'none'} -> ${to ?? 'none'}`),
    ),
    section(
      'Out of support, or known to be bad',
      review.ended.map(({ says }) => says),
    ),
    section('Facts', factLines(review)),
    section(
      'Records that are due',
      review.due.map(record => `${adrId(record)} ${record.title}, by ${record.reviewBy}`),
    ),
    section(
      'Files that drifted',
      review.files.map(
        ({ path, change, adr }) => `${change} ${path}${adr === null ? '' : ` (${adrId({ number: adr })})`}`,
      ),
    ),
  ].filter(text => text !== '');
  return [wrap(head, textWidth()), ...sections, nextSteps(review)].filter(text => text !== '').join('\n\n');
}

export function reviewJson(review: Review): unknown {
  const { asOf, decided, facts, due, ended, ...rest } = review;
  return {
    chartroom: 1,
    'as-of': asOf,
    differs: !isQuiet(review),
    decided: { 'as-of': decided.asOf, knowledge: decided.knowledge },
    ...rest,
    facts: facts.map(({ reviewBy, ...fact }) => ({ ...fact, 'review-by': reviewBy })),
    'end-of-life': ended,
    due: due.map(({ reviewBy, ...record }) => ({ ...record, 'review-by': reviewBy })),
  };
}

function decisionLines({
  title,
  adr,
  from,
  to,
  labels,
  verdicts,
  because,
}: ChangedDecision): readonly string[] {
  const record = adr === null ? '' : `${adrId(adr)} `;
  const label = (name: string | null): string => name ?? 'not decided';
  const what =
    from === to
      ? `${label(labels.to)} as before, but ${verdicts.to ?? 'no verdict'} instead of ${verdicts.from ?? 'no verdict'}`
      : `${label(labels.from)} -> ${label(labels.to)}`;
  return [
    `${record}${title}: ${what}${because.length === 0 ? '' : `, because ${because.map(causeText).join(', ')}`}`,
  ];
}

function causeText({ kind, id, change }: Because): string {
  switch (kind) {
    case 'decision':
      return `${id} differs`;
    case 'answer':
      return `the answer to ${id} differs`;
    case 'pin':
      return `the pin of ${id} was ${change}`;
    case 'rule':
      return change === 'changed'
        ? `the rule ${id} says otherwise`
        : `the rule ${id} ${change === 'added' ? 'speaks now' : 'is silent now'}`;
    case 'fact':
      return `the fact ${id} was ${change}`;
  }
}

/** What changed is told; what has only grown old is named. */
function factLines({ facts }: Review): readonly string[] {
  const changed = facts.filter(({ change }) => change !== 'overdue');
  const old = facts.filter(({ change }) => change === 'overdue').map(({ id }) => id);
  const lines = changed.map(({ id, change, says }) => `${id} was ${change}: ${says}`);
  return old.length === 0
    ? lines
    : [...lines, `${counted(old.length, 'fact')} past the day of being looked at again: ${old.join(', ')}`];
}

function nextSteps({ decisions, versions, due, files }: Review): string {
  const steps = [
    ...(decisions.length + versions.length > 0
      ? ['See what it would change: chartroom decide .chartroom/answers.yaml --out . --dry-run']
      : []),
    ...(due.length > 0
      ? [`Look at ${counted(due.length, 'record')} and move the day, or decide again.`]
      : []),
    ...(files.length > 0 ? ['Where a file drifted on purpose, say so in its record; else restore it.'] : []),
  ];
  return steps.join('\n');
}

function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return [title, ...lines.map(line => wrap(line, textWidth(), '  - ', '    '))].join('\n');
}

function shown(value: unknown): string {
  return value === null ? 'unsure' : Array.isArray(value) ? value.join(', ') || 'none' : String(value);
}
