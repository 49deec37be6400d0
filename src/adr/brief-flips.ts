/** What would change the decisions of a brief, by changed answer. */
import type { Answer, Id } from '../content/catalogue.ts';
import { answerInWords } from '../content/prose.ts';
import { listed } from '../content/sentence.ts';
import type { Flip } from '../engine/outcome.ts';
import { markdownText } from '../files/markdown.ts';
import type { AdrInput } from './input.ts';
import type { Library } from './library.ts';
import { asSentence, counted } from './prose.ts';

export type BriefInput = Omit<AdrInput, 'checks' | 'standings' | 'predecessors' | 'past'>;

/** Decisions that one changed answer names. */
const MOST_MOVES = 3;

/** One change of one answer with all that it moves; what the team can decide itself comes before where it runs. */
export function flipLines(input: BriefInput, library: Library, most: number): readonly string[] {
  const groups = new Map<string, Flip[]>();
  for (const flip of input.flips) {
    const [change] = flip.changes;
    if (flip.changes.length !== 1 || change === undefined || flip.to === null) continue;
    const key = JSON.stringify([change.question, change.answer]);
    groups.set(key, [...(groups.get(key) ?? []), flip]);
  }
  const rank = (flips: readonly Flip[]): number => {
    const question = library.question(flips[0]?.changes[0]?.question ?? '');
    const dayZero = flips.filter(({ decision }) => library.decision(decision).dayZero).length;
    return (question.required ? 1000 : 0) - 10 * dayZero - flips.length;
  };
  const asked = new Set<Id>();
  const lines = [...groups.values()]
    .sort((a, b) => rank(a) - rank(b))
    .filter(([flip]) => {
      const question = flip?.changes[0]?.question ?? '';
      if (asked.has(question)) return false;
      asked.add(question);
      return true;
    })
    .map(flips => flipLine(flips, library));
  if (lines.length === 0) return ['No single answer changes a decision.'];
  return shortened(lines, most, 'question', 'in the records');
}

function flipLine(flips: readonly Flip[], library: Library): string {
  const change = flips[0]?.changes[0];
  if (change === undefined) throw new Error('a flip without a change');
  const question = library.question(change.question);
  const words = (answer: Answer): string => `"${answerInWords(question, answer) || 'none'}"`;
  const from = change.from === null ? '' : ` instead of ${words(change.from)}`;
  const moves = flips.slice(0, MOST_MOVES).map(({ decision, to }) => {
    const label = shortLabel(library.option(decision, to ?? '').label);
    return `${library.decision(decision).title} becomes "${label}"`;
  });
  const rest = flips.length - moves.length;
  const all = listed(
    rest > 0 ? [...moves, `${counted(rest, 'more decision')} ${rest === 1 ? 'changes' : 'change'}`] : moves,
    'and',
  );
  return markdownText(`${question.ask} Answered ${words(change.answer)}${from}: ${all}.`);
}

/** What is left out is counted. */
export function shortened(
  lines: readonly string[],
  most: number,
  noun: string,
  where: string,
): readonly string[] {
  if (lines.length <= most) return lines;
  return [
    ...lines.slice(0, most),
    `${asSentence(`${counted(lines.length - most, `more ${noun}`)} ${where}`)}`,
  ];
}

/** Without what the label adds in brackets. */
export function shortLabel(label: string): string {
  return label.replace(/\s*\([^()]*\)$/, '');
}
