import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { parseAnswers } from '../../src/answers/parse.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { createAdvisor } from '../../src/questionnaire/advisor.ts';
import type { Context } from '../../src/questionnaire/context.ts';
import { explain } from '../../src/questionnaire/explanation.ts';
import { lookAhead } from '../../src/questionnaire/look-ahead.ts';
import { stackOf } from '../../src/questionnaire/result.ts';
import { initialState, type State } from '../../src/questionnaire/state.ts';
import { update } from '../../src/questionnaire/update.ts';
import { shippedCatalogue as catalogue } from '../content/shipped.ts';
import { TODAY } from './small-run.ts';

/** Of one key press, in milliseconds of CPU. */
const BUDGET = 16;

const engine = createEngine(catalogue);
const newContext = (): Context => ({
  catalogue,
  advisor: createAdvisor(engine),
  today: TODAY,
  firstRun: 1,
  suggestDirectory: name => `./${name}`,
});
const path = 'examples/platform-aws.yaml';
const { file } = parseAnswers(readFileSync(path, 'utf8'), path, catalogue);
if (file === null) throw new Error(`${path} does not load`);

/** A run with all its answers, or with the first half of them. */
function runOf(share: 'all' | 'half', context: Context): State {
  const all = [...file!.answers];
  const answers = Object.fromEntries(share === 'all' ? all : all.slice(0, all.length >> 1));
  const opening: State = {
    ...initialState(TODAY),
    screen: { at: 'start', cursor: null, path: { text: path, caret: 0 }, opening: true, problems: [] },
  };
  const opened = { asOf: TODAY, project: { name: 'shop' }, answers, pins: {} } as const;
  return update(opening, { type: 'opened', report: { status: 'opened', path, file: opened } }, context);
}

function processorMilliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
const middle = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;

describe('after a pause', () => {
  it.each(['all', 'half'] as const)(
    'the review and every decision open within the budget, %s answered',
    share => {
      const context = newContext();
      const state = runOf(share, context);
      for (const piece of lookAhead(state, context)) piece();
      expect(processorMilliseconds(() => void stackOf(state, context))).toBeLessThan(BUDGET);
      const times = catalogue.decisions.map(({ id }) =>
        processorMilliseconds(() => void explain(state, context, id)),
      );
      expect(middle(times)).toBeLessThan(BUDGET / 4);
    },
  );

  it('an answer in quick mode is accepted, and the next question found, within the budget', () => {
    const context = newContext();
    let state = update(runOf('half', context), { type: 'pace' }, context);
    const times: number[] = [];
    while (times.length < 7 && state.screen.at === 'question') {
      for (const piece of lookAhead(state, context)) piece();
      const { question } = state.screen;
      times.push(
        processorMilliseconds(() => {
          state = update(state, { type: 'accept' }, context);
        }),
      );
      // Nothing was marked or typed, so that there was nothing to accept.
      if (state.screen.at === 'question' && state.screen.question === question) {
        times.pop();
        state = update(state, { type: 'unsure' }, context);
      }
    }
    expect(times).toHaveLength(7);
    expect(middle(times)).toBeLessThan(BUDGET);
  });

  it('the engine is there before a run begins', () => {
    const asked = vi.fn(() => []);
    const context = { ...newContext(), advisor: { ...newContext().advisor, asked } };
    for (const piece of lookAhead(initialState(TODAY), context)) piece();
    expect(asked).toHaveBeenCalledOnce();
  });
});
