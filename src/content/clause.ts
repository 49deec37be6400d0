/** One atom of a condition as a clause: no capital, no full stop. */

import { lowerFirst, lowerLabel, lowerTitle } from './casing.ts';
import type { Catalogue, Choice, Condition, Decision, Id, NumberQuestion, Question } from './catalogue.ts';
import { alternatives, listed, negated } from './sentence.ts';

export interface Clause {
  readonly text: string;
  /**
   * `choice`: whole clauses joined by "or", which reads as one only after "either".
   * `denied`: the clause without the "it is not so that" that belongs before it.
   */
  readonly kind: 'plain' | 'choice' | 'denied';
}

export function plain(text: string): Clause {
  return { text, kind: 'plain' };
}

export function decisionClause(
  atom: Extract<Condition, { op: 'decision' }>,
  is: 'is' | 'is not',
  catalogue: Catalogue,
): Clause {
  const decision = catalogue.decisions.find(({ id }) => id === atom.decision);
  const rank = (id: Id): number => decision?.options.findIndex(option => option.id === id) ?? 0;
  const labels = [...atom.options]
    .sort((a, b) => rank(a) - rank(b))
    .map(option => optionLabel(decision, option, catalogue));
  const title = decision ? lowerTitle(decision.title, catalogue) : atom.decision;
  const verb = /[^sui]s$/.test(title) ? 'are' : 'is';
  if (is === 'is') return plain(`the ${title} ${verb} ${listed(labels, 'or')}`);
  if (labels.length === 1) return plain(`the ${title} ${verb} not ${labels[0]}`);
  return labels.length === 2
    ? plain(`the ${title} ${verb} neither ${listed(labels, 'nor')}`)
    : plain(`the ${title} ${verb} none of ${listed(labels, 'and')}`);
}

export function rangeClause(
  range: Extract<Condition, { op: 'range' }>,
  question: Question | undefined,
  catalogue: Catalogue,
): Clause {
  if (question?.kind !== 'number') return plain(`${range.question} is ${range.from} to ${range.to}`);
  if (range.from === 1 && range.to === 1) return plain(toClause(question.statedOne, catalogue));
  return plain(toClause(fill(question.stated, bounds(question, range)), catalogue));
}

export function answerClause(
  id: Id,
  values: readonly Id[],
  question: Question | undefined,
  joint: 'and' | 'or',
  catalogue: Catalogue,
): Clause {
  if (!question || question.kind === 'number') return plain(`${id} is ${listed(values, joint)}`);
  if ('stated' in question) {
    const labels = values.map(value => labelOf(question.choices, value));
    return plain(toClause(fill(question.stated, listed(labels, joint)), catalogue));
  }
  const sentences = values.map(value => {
    const choice = question.choices.find(candidate => candidate.id === value);
    return toClause(choice?.stated ?? `${id} is ${value}`, catalogue);
  });
  const together = alternatives(sentences);
  return together === null ? { text: listed(sentences, 'or'), kind: 'choice' } : plain(together);
}

/** The opposite of a clause. */
export function opposite({ text, kind }: Clause): Clause {
  const said = kind === 'plain' ? negated(text) : null;
  return said === null ? { text, kind: 'denied' } : plain(said);
}

export function labelOf(choices: readonly Choice[], id: Id): string {
  return choices.find(choice => choice.id === id)?.label ?? id;
}

export function fill(sentence: string, answer: string): string {
  return sentence.split('{answer}').join(answer);
}

function bounds(question: NumberQuestion, range: { readonly from: number; readonly to: number }): string {
  const { from, to } = range;
  if (from === to) return String(from);
  if (to >= question.max) return from === 1 ? '1 or more' : `at least ${from}`;
  return from <= question.min ? `fewer than ${to + 1}` : `${from} to ${to}`;
}

/** Without what stands in brackets at its end; in quotation marks where it would not read as one thing. */
function optionLabel(decision: Decision | undefined, id: Id, catalogue: Catalogue): string {
  const label = decision?.options.find(option => option.id === id)?.label;
  if (label === undefined) return id;
  const short = lowerLabel(label.replace(/ \([^()]*\)$/, ''), catalogue);
  return /,| or | and /.test(short) ? `“${short}”` : short;
}

function toClause(sentence: string, catalogue: Catalogue): string {
  return lowerFirst(sentence.replace(/[.\s]+$/, ''), catalogue);
}
