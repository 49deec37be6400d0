import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/questionnaire/actions.ts';
import { assumedBlocks } from '../../src/questionnaire/assumed.ts';
import { readSavedRun, toSaved } from '../../src/questionnaire/saved-run.ts';
import { initialState, type State } from '../../src/questionnaire/state.ts';
import { replay, update } from '../../src/questionnaire/update.ts';
import { ANSWERED, answer, BEGIN, context, play, questionShown, TODAY } from './small-run.ts';

const accept: Action = { type: 'accept' };
const back: Action = { type: 'back' };
const next: Action = { type: 'next' };
const pace: Action = { type: 'pace' };
const QUICK: readonly Action[] = [{ type: 'pick', row: 1 }, { type: 'type', text: 'shop' }, accept, accept];
/** Three services and no operators: managed containers, whatever else is answered. */
const SETTLED: readonly Action[] = [
  ...QUICK,
  answer('cloud', 'gcp'),
  answer('operators', 'no'),
  answer('services', 3),
];
const textsOf = (state: State): readonly string[] => assumedBlocks(state, context).map(({ text }) => text);

describe('quick mode', () => {
  it('asks what is needed first, then what decides most, whatever the topic', () => {
    expect(questionShown(play(...QUICK))).toBe('cloud');
    const shown = questionShown(play(...QUICK, answer('cloud', 'gcp')));
    expect(['services', 'operators']).toContain(shown);
  });

  it('stops when every decision is settled, and lists what is assumed for what was not asked', () => {
    const state = play(...SETTLED);
    expect(state.screen.at).toBe('assumed');
    expect(textsOf(state)[0]).toBe('Every decision is settled: no remaining answer can change one.');
    expect(textsOf(state)[1]).toMatch(/^Assumed for what was not asked \(\d\)$/);
    expect(textsOf(state)).toContain('Which regimes apply? none');
  });

  it('goes on to the review, and from there back over the list to the last question', () => {
    const review = play(...SETTLED, accept);
    expect(review.screen.at).toBe('review');
    expect(update(review, back, context).screen.at).toBe('assumed');
    expect(questionShown(replay(review, [back, back], context))).toBe('services');
    expect(questionShown(replay(review, [back, back, back], context))).toBe('operators');
  });

  it('does not ask again what was passed over, and says what it can still change', () => {
    let state = play(...QUICK, answer('cloud', 'aws'));
    const seen: (string | null)[] = [];
    for (; state.screen.at === 'question'; state = update(state, next, context))
      seen.push(questionShown(state));
    expect(seen.length).toBeGreaterThan(1);
    expect(new Set(seen).size).toBe(seen.length);
    expect(textsOf(state)[0]).toMatch(/^Can still change with an answer that is open: Platform/);
  });

  it('lists what is assumed where the user is not sure', () => {
    const state = play(...QUICK, answer('cloud', 'aws'), answer('services', 'unsure'));
    const texts = textsOf(state);
    const heading = texts.indexOf('Assumed where you are not sure (1)');
    expect(texts[heading + 1]).toBe('How many services will run in a year? 5');
  });

  it('can be entered at any question and left again; no answer is lost', () => {
    const answers = [answer('cloud', 'gcp'), answer('services', 3)] as const;
    const quick = play(...BEGIN, ...answers, pace);
    expect(quick).toMatchObject({ pace: 'quick', answers: { cloud: 'gcp', services: 3 } });
    expect(questionShown(quick)).toBe('operators');
    const whole = replay(quick, [answer('operators', 'no'), pace], context);
    expect(whole).toMatchObject({ pace: 'whole', answers: { cloud: 'gcp', services: 3, operators: 'no' } });
    expect(questionShown(whole)).toBe('compliance');
  });

  it('says at once that nothing can change where everything is answered', () => {
    expect(play(...ANSWERED, pace).screen.at).toBe('assumed');
  });

  it('lets a topic be opened, and goes on with what decides most', () => {
    const state = play(...QUICK, answer('cloud', 'aws'), { type: 'go-to', question: 'compliance' });
    expect(questionShown(state)).toBe('compliance');
    const onward = update(state, answer('compliance', []), context);
    expect(questionShown(update(onward, back, context))).toBe('compliance');
  });

  it('is kept with an unfinished run; runs saved before there was such a mode ask everything', () => {
    const saved = toSaved(play(...QUICK), context);
    expect(readSavedRun(JSON.parse(JSON.stringify(saved)))?.pace).toBe('quick');
    const { pace: _, ...older } = saved;
    expect(readSavedRun(older)?.pace).toBe('whole');
  });

  it('is where the cursor stands when the wizard was started for it', () => {
    const state = replay(initialState(TODAY, 'quick'), QUICK.slice(1).toSpliced(0, 0, accept), context);
    expect(state).toMatchObject({ pace: 'quick', screen: { at: 'question', question: 'cloud' } });
  });
});
