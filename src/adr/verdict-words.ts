/** How sure the pick is, in words and with the exact interval of the weighting in which it stands. */

import { answerInWords } from '../content/prose.ts';
import type { Change, Decided, Verdict } from '../engine/outcome.ts';
import { markdownText } from '../files/markdown.ts';
import { counted, fraction, withoutStop } from './prose.ts';
import type { Subject } from './subject.ts';

export const VERDICT_NAME: Readonly<Record<Verdict, string>> = {
  'only-option': 'only option',
  clear: 'clear',
  narrow: 'narrow',
  'depends-on-weighting': 'depends on the weighting',
  'won-by-default': 'won by default',
  'toss-up': 'toss-up',
  'not-settled': 'not settled',
};

export function verdictLine(subject: Subject): string {
  const { outcome } = subject;
  const parts = [meaning(subject), interval(outcome)].filter(part => part !== '');
  const of = outcome.pinned !== null && outcome.pinned.instead !== null ? 'Verdict on the advice' : 'Verdict';
  return `${of}: ${VERDICT_NAME[outcome.verdict]}. ${parts.join(' ')}`.trim();
}

function meaning(subject: Subject): string {
  const { outcome } = subject;
  switch (outcome.verdict) {
    case 'only-option':
      return 'Every other option is ruled out or does not apply to these answers.';
    case 'clear':
      return '';
    case 'narrow':
      return hinges(subject);
    case 'depends-on-weighting':
      return 'The strong reasons and the plain ones disagree, so the weight between them decides.';
    case 'won-by-default':
      return 'No reason speaks for it; less speaks against it than against the others.';
    case 'toss-up':
      return 'The reasons for it and for another option weigh the same.';
    case 'not-settled':
      return '';
  }
}

/** What a narrow pick hinges on, named. */
function hinges(subject: Subject): string {
  const { hingesOn } = subject.outcome;
  const [rule] = hingesOn.rules;
  const more = hingesOn.rules.length - 1;
  const reason = rule === undefined ? '' : markdownText(withoutStop(subject.library.rule(rule).because));
  const inWords = (change: Change): string => {
    const question = subject.library.question(change.question);
    return `"${markdownText(question.ask)}" answered ${markdownText(answerInWords(question, change.answer))}`;
  };
  const numbers = hingesOn.numbers.slice(0, 2).map(inWords);
  const [held] = hingesOn.heldNumbers;
  const [first, ...others] = numbers;
  const lines = [
    reason === ''
      ? ''
      : `It hinges on this${more > 0 ? ` and ${counted(more, 'further reason')}` : ''}: "${reason}".`,
    first === undefined ? '' : `It sits near a threshold: ${first} would move it.`,
    ...others.map(other => `So would ${other}.`),
    held === undefined ? '' : `Only opinions keep ${inWords(held)} from moving it.`,
    hingesOn.opinions ? 'Without opinions and assumptions another option could come out.' : '',
  ];
  return lines.filter(line => line !== '').join(' ') || 'It is close to another option.';
}

export function interval(outcome: Decided): string {
  if (outcome.verdict === 'only-option') return '';
  const { from, to } = outcome.holdsFor;
  // From 1 without limit, and yet not for every weighting: at exactly 1 another option has as much.
  if (from <= 1 && to === null && outcome.verdict === 'depends-on-weighting') {
    return 'It stands while a strong reason is worth more than one plain one; at one plain reason it ties.';
  }
  if (from <= 1 && to === null) return `It stands whatever number of plain reasons a strong one is worth.`;
  if (to === null) return `It stands while a strong reason is worth more than ${fraction(from)} plain ones.`;
  return `It stands while a strong reason is worth between ${fraction(from)} and ${fraction(to)} plain ones.`;
}
