import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/questionnaire/actions.ts';
import { explain } from '../../src/questionnaire/explanation.ts';
import { outcomeOf, resultOf } from '../../src/questionnaire/result.ts';
import { initialState } from '../../src/questionnaire/state.ts';
import { replay, update } from '../../src/questionnaire/update.ts';
import { ANSWERED, answer, BEGIN, context, play, questionShown, TODAY } from './small-run.ts';

const down: Action = { type: 'move', by: 1 };
const accept: Action = { type: 'accept' };
const back: Action = { type: 'back' };
const type = (text: string): Action => ({ type: 'type', text });

describe('beginning', () => {
  it('goes from the name straight to the first question; the other details are optional', () => {
    expect(questionShown(play(...BEGIN))).toBe('cloud');
  });

  it.each([
    ['', 'A project name is needed.'],
    ['Shop', '"name" is not a name that every system takes'],
    ['shop${x}', '"name" is not a name that every system takes'],
  ])('refuses the project name "%s"', (name, message) => {
    const state = play(accept, type(name), accept);
    expect(state.screen).toMatchObject({ at: 'project', row: 'name' });
    expect(state.notice?.text).toContain(message);
  });

  it('stays in the details until each of them holds', () => {
    const state = play(
      accept,
      type('shop'),
      down,
      down,
      down,
      type('not a domain'),
      { type: 'move-to', end: 'first' },
      down,
      accept,
    );
    expect(state.screen).toMatchObject({ at: 'project', row: 'domain' });
    expect(state.notice?.text).toContain('domain');
  });

  it('takes details with several values', () => {
    const state = play(...BEGIN, { type: 'detail', field: 'teams', text: 'checkout, catalogue' });
    expect(resultOf(state, context).project).toEqual({ name: 'shop', teams: ['checkout', 'catalogue'] });
  });

  it('fills in the answers of a preset, each to be changed', () => {
    const state = play({ type: 'pick', row: 2 });
    expect(state.answers).toEqual({ cloud: 'gcp', services: 3, operators: 'no' });
    expect(state.notice?.text).toBe(
      '3 answers filled in from "Startup"; each can be changed. Only what is left open is asked.',
    );
    expect(state.pace).toBe('quick');
  });

  it('opens an answers file and shows its review', () => {
    const opening = play({ type: 'pick', row: 3 }, type('a.yaml'), accept);
    expect(opening.effects).toEqual([{ type: 'open', path: 'a.yaml' }]);
    const file = {
      asOf: '2026-05-01',
      project: { name: 'shop' },
      answers: { cloud: 'aws' },
      pins: {},
    } as const;
    const state = update(
      opening,
      { type: 'opened', report: { status: 'opened', path: 'a.yaml', file } },
      context,
    );
    expect(state.screen.at).toBe('review');
    expect(resultOf(state, context)).toMatchObject({ asOf: '2026-05-01', project: { name: 'shop' } });
  });

  it('opens an answers file that lacks a required answer, asks for it, and goes on to the review', () => {
    const file = { asOf: null, project: { name: 'shop' }, answers: { services: 4 }, pins: {} } as const;
    const state = play({ type: 'pick', row: 3 }, type('a.yaml'), accept, {
      type: 'opened',
      report: { status: 'opened', path: 'a.yaml', file },
    });
    expect(questionShown(state)).toBe('cloud');
    expect(state.notice?.text).toBe('The file has no answer to this one, and it is needed.');
    const answered = update(state, { type: 'pick', row: 0 }, context);
    expect(answered).toMatchObject({ screen: { at: 'review' }, answers: { cloud: 'aws', services: 4 } });
  });

  it('shows what is wrong with an answers file and lets the path be typed again', () => {
    const problems = ['a.yaml:3:1: unknown-answer: no such answer'];
    const state = play({ type: 'pick', row: 3 }, type('a.yaml'), accept, {
      type: 'opened',
      report: { status: 'refused', path: 'a.yaml', problems },
    });
    expect(state.screen).toMatchObject({ at: 'start', opening: false, problems });
  });
});

describe('going about', () => {
  it('goes back from the first question to the details and on again', () => {
    const state = play(...BEGIN, back);
    expect(state.screen).toMatchObject({ at: 'project', row: ':go-on' });
    expect(questionShown(play(...BEGIN, back, accept))).toBe('cloud');
  });

  it('returns to the review after changing an answer there', () => {
    const state = play(...ANSWERED, { type: 'section' }, down, accept, { type: 'pick', row: 1 });
    expect(state.screen).toMatchObject({ at: 'review', section: 'answers', cursors: { answers: 'cloud' } });
    expect(state.answers.cloud).toBe('azure');
  });

  it('comes back from a review that was opened on the way', () => {
    const state = play(...BEGIN, { type: 'review' }, back);
    expect(questionShown(state)).toBe('cloud');
  });

  it('goes to the first open question of a topic', () => {
    const state = play(...BEGIN, { type: 'show', overlay: 'topics' }, down, accept);
    expect(questionShown(state)).toBe('compliance');
  });

  it('goes to the first question without an answer', () => {
    const skipping = [...BEGIN, answer('cloud', 'aws'), { type: 'next' }, answer('operators', 'no')] as const;
    expect(questionShown(play(...skipping, { type: 'review' }, { type: 'unanswered' }))).toBe('services');
  });

  it('closes what is shown over a question and leaves the question as it was', () => {
    const typed = [...BEGIN, answer('cloud', 'aws'), type('24')] as const;
    const { overlay, ...state } = play(
      ...typed,
      { type: 'show', overlay: 'help' },
      { type: 'scroll', by: 5, last: 9 },
      back,
    );
    expect(overlay).toBeNull();
    expect(state.drafts).toEqual(play(...typed).drafts);
  });
});

describe('pinning', () => {
  const toMesh = [...ANSWERED, down, down, accept, { type: 'pin' }] as const;

  it('asks for a reason and shows the advice beside the pin', () => {
    const state = play(...toMesh, { type: 'pick', row: 1 }, type('House standard.'), accept);
    expect(state.screen.at).toBe('decision');
    expect(state.pins.mesh).toEqual({ choose: 'none', because: 'House standard.' });
    expect(outcomeOf(state, context, 'mesh')).toMatchObject({
      pick: 'none',
      pinned: { instead: 'istio-ambient' },
    });
    expect(explain(state, context, 'mesh').map(block => block.text)).toContain(
      'The advice was Istio ambient.',
    );
  });

  it('refuses a pin without a reason', () => {
    const state = play(...toMesh, { type: 'pick', row: 1 }, accept);
    expect(state.screen.at).toBe('pin');
    expect(state.pins).toEqual({});
  });

  it('asks who approved and until when where a rule forbids the option', () => {
    const linkerd = [...toMesh, { type: 'pick', row: 2 }, type('We know it.'), accept] as const;
    expect(play(...linkerd).screen).toMatchObject({ at: 'pin', step: 'approver' });
    const approved = [...linkerd, type('CISO'), accept] as const;
    expect(play(...approved, type('2020-01-01'), accept).notice?.text).toBe(`Write a day after ${TODAY}.`);
    expect(play(...approved, type('2027-02-30'), accept).notice?.text).toBe('Write a day as YYYY-MM-DD.');
    expect(play(...approved, type('2027-06-30'), accept).pins.mesh).toEqual({
      choose: 'linkerd',
      because: 'We know it.',
      approver: 'CISO',
      expires: '2027-06-30',
    });
  });

  it('asks for an owner where the vendor does not support the option', () => {
    const actions = [
      ...ANSWERED,
      answer('windows', 'yes'),
      { type: 'review' },
      down,
      accept,
      { type: 'pin' },
      { type: 'pick', row: 1 },
      type('Needed.'),
      accept,
    ] as const;
    expect(play(...actions).screen).toMatchObject({ at: 'pin', step: 'owner' });
    expect(play(...actions, type('Platform team'), accept).pins.cni).toEqual({
      choose: 'cilium',
      because: 'Needed.',
      owner: 'Platform team',
    });
  });

  it('takes a pin away again', () => {
    const state = play(...toMesh, { type: 'pick', row: 1 }, type('House standard.'), accept, {
      type: 'unpin',
    });
    expect(state.pins).toEqual({});
  });

  it('says that there is nothing to pin where a decision is not needed', () => {
    const state = play(...ANSWERED, answer('services', 2), { type: 'review' }, down, accept, { type: 'pin' });
    expect(state.screen.at).toBe('decision');
    expect(state.notice?.text).toContain('Not needed');
  });
});

describe('writing', () => {
  const request = { directory: './shop-platform', what: 'everything', intoExisting: false } as const;
  const planning = [...ANSWERED, { type: 'write' }, accept, accept] as const;
  const plan = {
    status: 'ready',
    directory: '/tmp/shop-platform',
    files: [{ path: 'README.md', change: 'create' }],
    notes: [],
  } as const;
  const report = {
    status: 'written',
    directory: '/tmp/shop-platform',
    files: ['README.md'],
    answersFile: 'shop-platform/.chartroom/answers.yaml',
    nextCommands: ['cd shop-platform'],
    notes: [],
    exitCode: 0,
  } as const;

  it('plans first, writes only when the plan was accepted, and forgets the run afterwards', () => {
    const planned = play(...planning);
    expect(planned.effects).toEqual([{ type: 'plan', request }]);
    const shown = update(planned, { type: 'planned', request, report: plan }, context);
    expect(shown.screen).toMatchObject({ at: 'write', step: 'plan' });
    expect(shown.effects).toEqual([]);
    const writing = update(shown, accept, context);
    expect(writing.effects).toEqual([{ type: 'write', request }]);
    const done = update(writing, { type: 'written', report }, context);
    expect(done.screen.at).toBe('done');
    expect(done.effects).toEqual([{ type: 'forget-run', run: 100 }]);
    expect(update(done, accept, context).left).toEqual({ exitCode: 0, how: 'finished' });
  });

  it('asks before it writes beside something that is not ours', () => {
    const occupied = play(...planning, {
      type: 'planned',
      request,
      report: { status: 'occupied', directory: '/tmp/x', message: 'It is not empty.' },
    });
    expect(occupied.screen).toMatchObject({ at: 'write', step: 'occupied' });
    expect(update(occupied, accept, context).screen).toMatchObject({ step: 'where' });
    expect(update(occupied, { type: 'pick', row: 1 }, context).effects).toEqual([
      { type: 'plan', request: { ...request, intoExisting: true } },
    ]);
  });

  it('ignores a plan for a directory that is no longer wanted', () => {
    const state = play(...planning, back, type('2'), accept, { type: 'planned', request, report: plan });
    expect(state.screen).toMatchObject({ at: 'write', step: 'planning' });
  });

  it('shows why nothing was written and lets the directory be typed again', () => {
    const failed = { status: 'failed', message: 'No space is left.', help: '' } as const;
    const state = play(...planning, { type: 'planned', request, report: plan }, accept, {
      type: 'written',
      report: failed,
    });
    expect(state.screen).toMatchObject({ at: 'write', step: 'failed', failure: failed });
    expect(update(state, back, context).screen).toMatchObject({ step: 'where' });
  });

  it('leads to a required answer first', () => {
    const state = play(...BEGIN, { type: 'next' }, { type: 'write' });
    expect(questionShown(state)).toBe('cloud');
    expect(state.notice?.text).toContain('needed before anything can be written');
  });

  it('lets a write finish before it leaves on Ctrl-C; asked twice it leaves at once', () => {
    const writing = play(...planning, { type: 'planned', request, report: plan }, accept, {
      type: 'interrupt',
    });
    expect(writing.left).toBeNull();
    expect(update(writing, { type: 'written', report }, context).left).toEqual({
      exitCode: 130,
      how: 'interrupted',
    });
    expect(update(writing, { type: 'interrupt' }, context).left).toEqual({
      exitCode: 130,
      how: 'interrupted',
    });
  });
});

describe('leaving and resuming', () => {
  it('saves whatever changed and nothing for a mere look', () => {
    expect(play(...BEGIN, answer('cloud', 'aws')).effects).toMatchObject([
      { type: 'save-run' },
      { type: 'settle' },
    ]);
    expect(play(...BEGIN, { type: 'show', overlay: 'stack' }).effects).toEqual([]);
    const pointed = play(...BEGIN, down);
    expect(update(pointed, down, context).effects).toEqual([]);
  });

  it('leaves with 130 on Ctrl-C, and with 0 on save and leave', () => {
    expect(play(...BEGIN, { type: 'interrupt' }).left).toEqual({ exitCode: 130, how: 'interrupted' });
    expect(play(...BEGIN, { type: 'leave' }).left).toEqual({ exitCode: 0, how: 'saved' });
  });

  it('offers an unfinished run and goes on where it was left, with what was half typed', () => {
    const left = play(...BEGIN, answer('cloud', 'aws'), type('24'));
    const [effect] = left.effects;
    const run = effect?.type === 'save-run' ? effect.run : null;
    const stored = JSON.parse(
      JSON.stringify([
        { savedAt: 'yesterday', run },
        { savedAt: 'broken', run: { format: 1 } },
      ]),
    );
    const state = replay(initialState(TODAY), [{ type: 'offered', runs: stored }, accept], context);
    expect(questionShown(state)).toBe('services');
    expect(update(state, accept, context).answers).toEqual({ cloud: 'aws', services: 24 });
    expect(state.run).toBe(left.run);
  });

  it('leaves out what the knowledge of today no longer has, and says so', () => {
    const [effect] = play(...BEGIN, answer('cloud', 'aws'), answer('services', 24)).effects;
    const run = effect?.type === 'save-run' ? effect.run : null;
    const older = { ...run, answers: { ...run?.answers, 'gone-question': 'x', cloud: 'hetzner' } };
    const state = replay(
      initialState(TODAY),
      [{ type: 'offered', runs: [{ savedAt: 'then', run: older }] }, accept],
      context,
    );
    expect(state.answers).toEqual({ services: 24 });
    expect(state.notice?.text).toContain('cloud, gone-question');
  });

  it('gives a second run a number of its own, so that the first stays saved', () => {
    const state = play(...BEGIN, answer('cloud', 'aws'), back, back, back, { type: 'pick', row: 1 });
    expect(state.run).toBe(101);
    expect(state.answers).toEqual({});
  });
});
