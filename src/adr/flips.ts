/** What would change the pick: single answers, in words. */

import type { Answer } from '../content/catalogue.ts';
import { answerInWords } from '../content/prose.ts';
import { listed } from '../content/sentence.ts';
import type { Flip } from '../engine/outcome.ts';
import { markdownCode, markdownText } from '../files/markdown.ts';
import { counted, wordCount } from './prose.ts';
import { quotedLabel } from './reasons.ts';
import type { Subject } from './subject.ts';

const LONGEST_SENTENCE = 27;

export function changeLines(subject: Subject): readonly string[] {
  const flips = flipsOf(subject);
  if (flips.length === 0) {
    const pinned = subject.outcome.pinned !== null;
    return [pinned ? 'Would change it: taking the pin away.' : 'Would change it: no single answer does.'];
  }
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
  const { from } = first;
  const words = (answer: Answer): string => markdownText(`"${answerInWords(question, answer)}"`);
  const changed = group.flatMap(flip => flip.changes.map(change => difference(from, change.answer, words)));
  const instead = from === null || typeof from === 'object' ? '' : ` instead of ${words(from)}`;
  const to = group[0]?.to ?? null;
  const result =
    to === null
      ? 'makes this decision fall away'
      : `leads to ${quotedLabel(library.option(decision.id, to).label)}`;
  const all = `${listed([...new Set(changed)], 'or')}${instead} ${result}.`;
  const some = `${changed[0]}, among others,${instead} ${result}.`;
  const shortest = `answering ${markdownCode(question.id)} with ${changed[0]}, among others, ${result}.`;
  const forms = [
    `answering "${markdownText(question.ask)}" with ${all}`,
    `answering ${markdownCode(question.id)} with ${all}`,
    `answering ${markdownCode(question.id)} with ${some}`,
    shortest,
  ];
  return forms.find(form => wordCount(form) <= LONGEST_SENTENCE) ?? shortest;
}

/** Of a list only what is added and what is left out. */
function difference(from: Answer | null, answer: Answer, words: (answer: Answer) => string): string {
  if (from === null || typeof from !== 'object' || typeof answer !== 'object') return words(answer);
  const added = answer.filter(id => !from.includes(id));
  const gone = from.filter(id => !answer.includes(id));
  const parts = [
    ...(added.length === 0 ? [] : [`${words(added)} added`]),
    ...(gone.length === 0 ? [] : [`${words(gone)} left out`]),
  ];
  return parts.length === 0 ? words(answer) : listed(parts, 'and');
}
