/** Conflicts as text: what cannot hold together, and fixes that were tried out. */
import type { Answer, Catalogue, Id } from '../content/catalogue.ts';
import { answerInWords } from '../content/prose.ts';
import type { Conflict, Fix } from '../engine/conflicts.ts';
import type { Input } from '../engine/decide.ts';
import { decisionOf, optionLabel, questionOf } from './names.ts';
import { wrap } from './text.ts';

export function conflictText(conflict: Conflict, input: Input, catalogue: Catalogue, width: number): string {
  const { title } = decisionOf(catalogue, conflict.decision);
  const words = (id: Id, answer: Answer | undefined) =>
    answer === undefined ? 'unsure' : answerInWords(questionOf(catalogue, id), answer) || 'none';
  const held = [
    ...conflict.questions.map(id => `${id} = ${words(id, input.answers.get(id))}`),
    ...conflict.pins.map(id => `the pin of ${id} to ${input.pins.get(id)?.choose}`),
  ];
  const head = `${title}: ${HEADS[conflict.kind]} These cannot hold together:`;
  const because = conflict.because === undefined ? [] : [wrap(conflict.because, width)];
  const fixes = conflict.fixes.map(fix => fixText(fix, conflict.decision, catalogue, words));
  return [
    wrap(head, width),
    ...held.map(line => wrap(line, width, '  - ', '    ')),
    ...because,
    ...(fixes.length === 0 ? [] : ['What would resolve it (each was tried):']),
    ...fixes.map(line => wrap(line, width, '  - ', '    ')),
  ].join('\n');
}

const HEADS: Readonly<Record<Conflict['kind'], string>> = {
  'no-option': 'nothing is left to choose.',
  'impossible-pin': 'the pin goes against what cannot be built.',
  contradiction: 'what is left cannot be built as the answers ask.',
};

function fixText(
  fix: Fix,
  decision: Id,
  catalogue: Catalogue,
  words: (id: Id, answer: Answer) => string,
): string {
  const steps = [
    ...fix.changes.map(({ question, answer }) => `${question} = ${words(question, answer)}`),
    ...fix.pins.map(pin =>
      pin.to === null ? `no pin for ${pin.decision}` : `pin ${pin.decision} to ${pin.to}`,
    ),
  ];
  const then =
    fix.pick === null ? 'it is not needed then' : `${optionLabel(catalogue, decision, fix.pick)} comes out`;
  return `${steps.join(' and ')}: ${then}.`;
}
