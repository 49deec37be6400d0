import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/questionnaire/actions.ts';
import { FIELDS } from '../../src/questionnaire/project-fields.ts';
import { resultOf, stackOf } from '../../src/questionnaire/result.ts';
import { askedQuestionsOf } from '../../src/questionnaire/rows.ts';
import { toSaved } from '../../src/questionnaire/saved-run.ts';
import { initialState, type State } from '../../src/questionnaire/state.ts';
import { replay, update } from '../../src/questionnaire/update.ts';
import { SMALL } from './small-catalogue.ts';
import { BEGIN, context, smallContext, TODAY } from './small-run.ts';

const constant = (...actions: readonly Action[]) => fc.constantFrom(...actions);
const steps = fc.constantFrom(-10, -1, 1, 10);
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom('shop', '12', '500', '501', '2027-01-01', '\r\n', '漢字', '\u202e', '#{x}'),
);
/** Everything a person can do with keys. */
const keys = fc.oneof(
  { weight: 6, arbitrary: constant({ type: 'accept' }) },
  {
    weight: 3,
    arbitrary: constant({ type: 'next' }, { type: 'back' }, { type: 'toggle' }, { type: 'unsure' }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('move' as const), by: steps }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('pick' as const), row: fc.nat(8) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('type' as const), text }) },
  fc.record({ type: fc.constant('erase' as const), what: fc.constantFrom('before', 'after', 'word', 'all') }),
  fc.record({ type: fc.constant('caret' as const), to: fc.constantFrom('left', 'right', 'start', 'end') }),
  fc.record({ type: fc.constant('show' as const), overlay: fc.constantFrom('help', 'stack', 'topics') }),
  fc.record({ type: fc.constant('scroll' as const), by: steps, last: fc.nat(30) }),
  fc.record({ type: fc.constant('move-to' as const), end: fc.constantFrom('first', 'last') }),
  constant({ type: 'filter' }, { type: 'review' }, { type: 'unanswered' }, { type: 'section' }),
  constant({ type: 'pin' }, { type: 'unpin' }, { type: 'write' }, { type: 'pace' }),
);
const value = fc.oneof(
  fc.constantFrom('aws', 'gcp', 'yes', 'no', 'none', 'mandated', 'unsure', 'nonsense'),
  fc.integer({ min: -1, max: 600 }),
  fc.subarray(['pci-dss', 'hipaa', 'cost', 'security', 'operability']),
);
const outright = fc.oneof(
  fc.record({
    type: fc.constant('answer' as const),
    question: fc.constantFrom('none-such', ...SMALL.questions.map(({ id }) => id)),
    answer: value,
  }),
  fc.record({
    type: fc.constant('detail' as const),
    field: fc.constantFrom(...FIELDS.map(({ id }) => id)),
    text,
  }),
  fc.record({
    type: fc.constant('go-to' as const),
    question: fc.constantFrom(...SMALL.questions.map(({ id }) => id)),
  }),
);
const world = fc.oneof(
  constant(
    { type: 'opened', report: { status: 'refused', path: 'x', problems: ['x'] } },
    {
      type: 'opened',
      report: {
        status: 'opened',
        path: 'x',
        file: { asOf: null, project: { name: 'x' }, answers: { services: 30, mtls: 'wanted' }, pins: {} },
      },
    },
    { type: 'answers-saved', report: { status: 'saved', path: 'x' } },
    { type: 'trouble', message: 'x' },
    {
      type: 'planned',
      request: { directory: './shop-platform', what: 'everything', intoExisting: false },
      report: { status: 'ready', directory: '/x', files: [], notes: [] },
    },
    {
      type: 'written',
      report: {
        status: 'written',
        directory: '/x',
        files: ['a'],
        answersFile: 'b',
        nextCommands: [],
        notes: [],
        exitCode: 0,
      },
    },
  ),
);
const walk = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: keys },
    { weight: 4, arbitrary: outright },
    { weight: 1, arbitrary: world },
  ),
  { minLength: 1, maxLength: 80 },
) as fc.Arbitrary<Action[]>;

const STEPS = process.env.CHARTROOM_LONG === undefined ? 150 : 5000;
const holds = (law: (actions: readonly Action[]) => void): void =>
  fc.assert(fc.property(walk, law), { numRuns: STEPS });
const walked = (actions: readonly Action[]): State =>
  replay(initialState(TODAY), [...BEGIN, ...actions], context);

describe('whatever a person does', { timeout: 600_000 }, () => {
  it('a run is plain JSON and a recording of it replays to the same state on a fresh engine', () => {
    holds(actions => {
      const state = walked(actions);
      expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      expect(replay(initialState(TODAY), [...BEGIN, ...actions], smallContext())).toEqual(state);
    });
  });

  it('no answer is lost: it stays until that question is answered again or another run begins', () => {
    holds(actions => {
      let state = walked([]);
      for (const action of actions) {
        const next = update(state, action, context);
        if (next.run === state.run) {
          for (const id of Object.keys(state.answers)) expect(next.answers).toHaveProperty(id);
          // A fix of a conflict may change two.
          if (state.overlay?.kind === 'conflict') return;
          const changed = Object.keys(next.answers).filter(id => next.answers[id] !== state.answers[id]);
          expect(changed.length).toBeLessThanOrEqual(1);
        }
        state = next;
      }
    });
  });

  it('the answers file of a run reproduces its questions and its advice', () => {
    holds(actions => {
      const state = walked(actions);
      const result = resultOf(state, context);
      const opened = replay(
        initialState(TODAY),
        [
          { type: 'pick', row: 3 },
          { type: 'type', text: 'x' },
          { type: 'accept' },
          {
            type: 'opened',
            report: {
              status: 'opened',
              path: 'x',
              file: {
                asOf: result.asOf,
                project: result.project,
                answers: Object.fromEntries(result.answers),
                pins: Object.fromEntries(result.pins),
              },
            },
          },
        ],
        context,
      );
      expect(resultOf(opened, context)).toEqual(result);
      expect(askedQuestionsOf(opened, context)).toEqual(askedQuestionsOf(state, context));
      expect(context.advisor.decide(resultOf(opened, context))).toEqual(stackOf(state, context));
    });
  });

  it('a killed run goes on with the same details, answers, pins and drafts', () => {
    holds(actions => {
      const state = walked(actions);
      const stored = JSON.parse(JSON.stringify(toSaved(state, context))) as unknown;
      const resumed = replay(
        initialState(TODAY),
        [{ type: 'offered', runs: [{ savedAt: 'x', run: stored }] }, { type: 'accept' }],
        context,
      );
      expect(resumed.project).toEqual(state.project);
      expect(resumed.answers).toEqual(state.answers);
      expect(resumed.pins).toEqual(state.pins);
      expect(resumed.drafts).toEqual(state.drafts);
      expect(resumed.notice).toBeNull();
    });
  });

  it('what was last saved is the run as it is', () => {
    holds(actions => {
      let state = walked([]);
      let saved = toSaved(state, context);
      for (const action of actions) {
        state = update(state, action, context);
        if (state.screen.at === 'done') return;
        for (const effect of state.effects) if (effect.type === 'save-run') saved = effect.run;
      }
      const { project, answers, pins, run } = toSaved(state, context);
      expect({ project: saved.project, answers: saved.answers, pins: saved.pins, run: saved.run }).toEqual({
        project,
        answers,
        pins,
        run,
      });
    });
  });

  it('going on and back again from a question without a draft changes nothing', () => {
    holds(actions => {
      const state = walked(actions);
      if (state.left !== null || state.overlay !== null || state.trail.length > 0) return;
      if (state.screen.at !== 'question' || Object.hasOwn(state.drafts, state.screen.question)) return;
      if (!askedQuestionsOf(state, context).includes(state.screen.question)) return;
      // Esc closes an open filter before it goes back.
      if (Object.values(state.drafts).some(draft => draft.kind === 'list' && draft.filter !== null)) return;
      const there = update(state, { type: 'next' }, context);
      const back = update(there, { type: 'back' }, context);
      expect({ ...back, notice: null, effects: [] }).toEqual({ ...state, notice: null, effects: [] });
    });
  });
});
