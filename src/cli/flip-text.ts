/** Flips as text: "windows: yes would move control-plane to managed". */
import type { Catalogue, Id } from '../content/catalogue.ts';
import { answerInWords } from '../content/prose.ts';
import type { Change, Flip } from '../engine/outcome.ts';
import { decisionOf, optionLabel, questionOf } from './names.ts';
import { wrap } from './text.ts';

/** All flips of one decision under its title. */
export function flipText(decision: Id, flips: readonly Flip[], catalogue: Catalogue, width: number): string {
  const { title } = decisionOf(catalogue, decision);
  const lines = flipLines(decision, flips, catalogue);
  if (lines.length === 0) return `${title}: no change of one or two answers moves it.`;
  return [title, ...lines.map(line => wrap(line, width, '  - ', '    '))].join('\n');
}

export function flipLines(decision: Id, flips: readonly Flip[], catalogue: Catalogue): readonly string[] {
  return flips
    .filter(flip => flip.decision === decision)
    .map(({ changes, to }) => {
      const what = changes.map(change => changeText(change, catalogue)).join(' and ');
      const then =
        to === null ? 'it would not be needed' : `${optionLabel(catalogue, decision, to)} would come out`;
      return `${what}: ${then}.`;
    });
}

function changeText({ question, from, answer }: Change, catalogue: Catalogue): string {
  const asked = questionOf(catalogue, question);
  const words = (value: Change['answer']) => answerInWords(asked, value) || 'none';
  return `${question} = ${words(answer)}${from === null ? '' : ` instead of ${words(from)}`}`;
}
