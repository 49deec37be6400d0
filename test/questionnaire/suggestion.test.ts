/** What other answers imply is where the cursor starts; nobody's answer is taken for granted. */
import { describe, expect, it } from 'vitest';
import type { Catalogue, Suggestion } from '../../src/content/catalogue.ts';
import { createEngine } from '../../src/engine/compile.ts';
import type { Action } from '../../src/questionnaire/actions.ts';
import { createAdvisor } from '../../src/questionnaire/advisor.ts';
import { questionOf } from '../../src/questionnaire/context.ts';
import { suggestionInWords } from '../../src/questionnaire/question-words.ts';
import { candidateOf, rowUnderCursor } from '../../src/questionnaire/rows.ts';
import { initialState, type State } from '../../src/questionnaire/state.ts';
import { replay } from '../../src/questionnaire/update.ts';
import { questionPrompt } from '../../src/tui/plain-question.ts';
import { SMALL } from './small-catalogue.ts';
import { answer, BEGIN, context as plain, TODAY } from './small-run.ts';

const cards = { op: 'answer', question: 'compliance', values: ['pci-dss'] } as const;
const cloud = { op: 'answer', question: 'cloud', values: ['azure'] } as const;
const suggestions: Readonly<Record<string, Suggestion>> = {
  mtls: { when: cards, answer: 'wanted', because: 'Auditors of card data ask for it.', facts: [] },
  services: { when: cloud, answer: 40, because: 'So it was there last year.', facts: [] },
};
const catalogue: Catalogue = {
  ...SMALL,
  questions: SMALL.questions.map(question => {
    const suggestion = suggestions[question.id];
    return suggestion === undefined ? question : { ...question, suggested: [suggestion] };
  }),
};
const context = { ...plain, catalogue, advisor: createAdvisor(createEngine(catalogue)) };
const play = (...actions: readonly Action[]): State => replay(initialState(TODAY), actions, context);
const shown = (state: State, id: string) => {
  const question = questionOf(context, id);
  if (question === null) throw new Error(`no question ${id}`);
  return {
    row: rowUnderCursor(state, question)?.key,
    candidate: candidateOf(state, question),
    words: suggestionInWords(state, question),
    prompt: questionPrompt(state, question, context).says,
  };
};

describe('an answer that others imply', () => {
  const start = [...BEGIN, answer('cloud', 'aws'), answer('services', 40), answer('operators', 'no')];
  const atMtls = (regimes: readonly string[]): State =>
    play(...start, answer('compliance', regimes), { type: 'go-to', question: 'mtls' });

  it('has the cursor, and the reason is given in one line', () => {
    const { row, words, prompt } = shown(atMtls(['pci-dss']), 'mtls');
    expect(row).toBe('wanted');
    expect(words).toBe('Suggested: Wanted. Auditors of card data ask for it.');
    expect(prompt).toContain(words);
  });

  it('is not an answer before it is accepted', () => {
    const state = atMtls(['pci-dss']);
    expect(state.answers).not.toHaveProperty('mtls');
    expect(replay(state, [{ type: 'next' }], context).answers).not.toHaveProperty('mtls');
    expect(replay(state, [{ type: 'accept' }], context).answers.mtls).toBe('wanted');
  });

  it('is not pointed at where nothing implies it, or the question is answered', () => {
    expect(shown(atMtls(['iso']), 'mtls')).toMatchObject({ row: 'none', words: null });
    const answered = replay(
      atMtls(['pci-dss']),
      [answer('mtls', 'mandated'), { type: 'go-to', question: 'mtls' }],
      context,
    );
    expect(shown(answered, 'mtls')).toMatchObject({ row: 'mandated', words: null });
  });

  it('is said where the answer is unsure, and the cursor stays there', () => {
    const unsure = replay(
      atMtls(['pci-dss']),
      [{ type: 'unsure' }, { type: 'go-to', question: 'mtls' }],
      context,
    );
    expect(shown(unsure, 'mtls')).toMatchObject({
      row: ':unsure',
      words: 'Suggested: Wanted. Auditors of card data ask for it.',
    });
  });

  it('is a number that the first digit replaces', () => {
    const atServices = play(...BEGIN, answer('cloud', 'azure'));
    expect(shown(atServices, 'services').candidate).toEqual({ answer: 40 });
    const typed = replay(atServices, [{ type: 'type', text: '7' }], context);
    expect(shown(typed, 'services').candidate).toEqual({ answer: 7 });
    const stepped = replay(atServices, [{ type: 'move', by: -1 }], context);
    expect(shown(stepped, 'services').candidate).toEqual({ answer: 41 });
  });
});
