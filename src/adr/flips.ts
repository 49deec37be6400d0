/** What would change the pick: single answers, in words. */

import type { Answer } from '../content/catalogue.ts';
import { answerInWords } from '../content/prose.ts';
import { listed } from '../content/sentence.ts';
import type { Flip } from '../engine/outcome.ts';
import { markdownText } from '../files/markdown.ts';
import { counted } from './prose.ts';
import { quotedLabel } from './reasons.ts';
import type { Subject } from './subject.ts';

export function changeLines(subject: Subject): readonly string[] {
  const flips = flipsOf(subject);
  if (flips.length === 0) return ['Would change it: no single answer does.'];
  const groups = grouped(flips).slice(0, subject.detail.flips);
  const lines = groups.map(group => `Would change it: ${changeInWords(subject, group)}`);
  const hidden = flips.length - groups.reduce((sum, group) => sum + group.length, 0);
  if (hidden === 0) return lines;
  return [
    ...lines,
    `Would change it: ${counted(hidden, 'more single answer')}, listed in \`decisions.json\`.`,
  ];
}

export function flipsOf(subject: Subject): readonly Flip[] {
  return subject.input.flips.filter(
    flip =>
      flip.decision === subject.decision.id &&
      flip.changes.length === 1 &&
      flip.from === subject.outcome.pick,
  );
}

/** Flips by one question to one option stand together. */
function grouped(flips: readonly Flip[]): readonly (readonly Flip[])[] {
  const groups = new Map<string, Flip[]>();
  for (const flip of flips) {
    const key = JSON.stringify([flip.changes[0]?.question, flip.to]);
    groups.set(key, [...(groups.get(key) ?? []), flip]);
  }
  return [...groups.values()];
}

function changeInWords(subject: Subject, group: readonly Flip[]): string {
  const first = group[0]?.changes[0];
  if (first === undefined) throw new Error('a flip without a change');
  const { library, decision } = subject;
  const question = library.question(first.question);
  const words = (answer: Answer): string => markdownText(`"${answerInWords(question, answer)}"`);
  const answers = listed(
    group.flatMap(flip => flip.changes.map(change => words(change.answer))),
    'or',
  );
  const from = first.from === null ? '' : ` instead of ${words(first.from)}`;
  const to = group[0]?.to ?? null;
  const result =
    to === null
      ? 'makes this decision fall away'
      : `leads to ${quotedLabel(library.option(decision.id, to).label)}`;
  return `answering "${markdownText(question.ask)}" with ${answers}${from} ${result}.`;
}
