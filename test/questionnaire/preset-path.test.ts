/** What somebody is asked who starts from a preset: no more than the prover bounds, whatever is answered. */
import { describe, expect, it } from 'vitest';
import type { Answer, Question } from '../../src/content/catalogue.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { createAdvisor } from '../../src/questionnaire/advisor.ts';
import type { Context } from '../../src/questionnaire/context.ts';
import { startRows } from '../../src/questionnaire/start-screen.ts';
import { initialState, type State } from '../../src/questionnaire/state.ts';
import { replay, update } from '../../src/questionnaire/update.ts';
import { shippedCatalogue as catalogue } from '../content/shipped.ts';
import { TODAY } from './small-run.ts';

const context: Context = {
  catalogue,
  advisor: createAdvisor(createEngine(catalogue)),
  today: TODAY,
  firstRun: 1,
  suggestDirectory: name => `./${name}`,
};

/** As `chartroom lint --json` prints it for our presets; test/cli/lint.test.ts holds the bound of 25. */
const PROVEN = 2;

describe.each(catalogue.presets.map(({ id }) => id))('the preset %s', preset => {
  it.each([0, 1, 2, 3])('asks at most what it leaves open, answer %i taken each time', turn => {
    const row = startRows(initialState(TODAY), context).findIndex(({ key }) => key === preset);
    let state: State = replay(
      initialState(TODAY),
      [{ type: 'pick', row }, { type: 'type', text: 'shop' }, { type: 'accept' }, { type: 'accept' }],
      context,
    );
    const asked: string[] = [];
    while (state.screen.at === 'question' && asked.length < 61) {
      const { question } = state.screen;
      asked.push(question);
      const found = catalogue.questions.find(({ id }) => id === question);
      if (found === undefined) throw new Error(`${question} is no question`);
      state = update(state, { type: 'answer', question, answer: answerOf(found, turn) }, context);
    }
    expect(state.screen.at).toBe('assumed');
    expect(asked.length).toBeLessThanOrEqual(PROVEN);
    expect(new Set(asked).size).toBe(asked.length);
  });
});

function answerOf(question: Question, turn: number): Answer {
  if (question.kind === 'number') return turn % 2 === 0 ? question.min : question.max;
  const { id } = question.choices[turn % question.choices.length] ?? { id: '' };
  return question.kind === 'multi' || question.kind === 'ranked' ? [id] : id;
}
