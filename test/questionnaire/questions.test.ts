import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/questionnaire/actions.ts';
import { previewOf } from '../../src/questionnaire/preview.ts';
import { progressOf } from '../../src/questionnaire/progress.ts';
import { answersOf } from '../../src/questionnaire/result.ts';
import { answer, BEGIN, context, play, questionShown } from './small-run.ts';

const down: Action = { type: 'move', by: 1 };
const up: Action = { type: 'move', by: -1 };
const accept: Action = { type: 'accept' };
const toggle: Action = { type: 'toggle' };
const type = (text: string): Action => ({ type: 'type', text });

describe('what a question accepts', () => {
  const toServices = [...BEGIN, answer('cloud', 'aws')];
  const toCompliance = [...toServices, answer('services', 40), answer('operators', 'no')];
  const toDrivers = [
    ...toCompliance,
    answer('compliance', []),
    answer('windows', 'no'),
    answer('mtls', 'none'),
  ];

  it.each<[string, readonly Action[], string, unknown]>([
    ['the row under the cursor', [...BEGIN, down, accept], 'cloud', 'azure'],
    ['a row by its number', [...BEGIN, { type: 'pick', row: 2 }], 'cloud', 'gcp'],
    ['the last row by going up from the first', [...BEGIN, up, accept], 'cloud', 'gcp'],
    ['a number as typed', [...toServices, type('24'), accept], 'services', 24],
    ['a number pasted with a line end', [...toServices, type('24\n'), accept], 'services', 24],
    ['a number by steps from the least', [...toServices, up, up, up, accept], 'services', 3],
    ['unsure by key', [...toServices, { type: 'unsure' }], 'services', 'unsure'],
    [
      'unsure as the last row',
      [...toCompliance, { type: 'move-to', end: 'last' }, accept],
      'compliance',
      'unsure',
    ],
    [
      'several marks, in the order of the rows',
      [...toCompliance, down, toggle, up, toggle, accept],
      'compliance',
      ['pci-dss', 'hipaa'],
    ],
    ['none of several', [...toCompliance, { type: 'pick', row: 3 }], 'compliance', []],
    [
      'a mark taken away again',
      [...toCompliance, toggle, down, toggle, up, toggle, accept],
      'compliance',
      ['hipaa'],
    ],
    [
      'a ranking in the order of marking',
      [...toDrivers, down, toggle, up, toggle, accept],
      'drivers',
      ['security', 'cost'],
    ],
    ['marks when going on with tab', [...toCompliance, toggle, { type: 'next' }], 'compliance', ['pci-dss']],
    [
      'the only row that a filter leaves',
      [...toCompliance, { type: 'filter' }, type('iso'), accept, toggle, accept],
      'compliance',
      ['iso'],
    ],
  ])('%s', (_, actions, question, value) => {
    const state = play(...actions);
    expect(state.answers[question]).toEqual(value);
    expect(questionShown(state)).not.toBe(question);
  });

  it.each<[string, readonly Action[], string, RegExp]>([
    ['nothing typed for a number', [...toServices, accept], 'services', /Type a number from 1 to 500/],
    ['letters in a number', [...toServices, type('two')], 'services', /Only whole numbers/],
    ['a number out of range', [...toServices, type('501'), accept], 'services', /from 1 to 500/],
    ['unsure where an answer is needed', [...BEGIN, { type: 'unsure' }], 'cloud', /needed/],
    [
      'Enter on a row of several with nothing marked',
      [...toCompliance, accept],
      'compliance',
      /Nothing is marked/,
    ],
    [
      'one rank more than there are',
      [...toDrivers, toggle, down, toggle, down, toggle],
      'drivers',
      /At most 2/,
    ],
    [
      'a filter that leaves nothing',
      [...toCompliance, { type: 'filter' }, type('xyz'), accept, accept],
      'compliance',
      /Nothing matches/,
    ],
  ])('refuses %s and stays', (_, actions, question, notice) => {
    const state = play(...actions);
    expect(state.answers).not.toHaveProperty(question);
    expect(questionShown(state)).toBe(question);
    expect(state.notice?.tone).toBe('problem');
    expect(state.notice?.text).toMatch(notice);
  });
});

describe('questions that fall away', () => {
  const withMesh = [
    ...BEGIN,
    answer('cloud', 'aws'),
    answer('services', 40),
    answer('operators', 'no'),
    answer('compliance', []),
    answer('windows', 'no'),
    answer('mtls', 'mandated'),
  ];

  it('keep their answers, in the answers file too, and come back with them', () => {
    const few = play(...withMesh, answer('services', 3));
    expect(few.answers.mtls).toBe('mandated');
    expect(few.notice?.text).toBe('2 questions no longer apply.');
    expect(answersOf(few, context).get('mtls')).toBe('mandated');
    expect(progressOf(few, context)).toMatchObject({ asked: 5, answered: 4 });

    const many = play(...withMesh, answer('services', 3), answer('services', 40));
    expect(answersOf(many, context).get('mtls')).toBe('mandated');
    expect(many.notice?.text).toBe('2 more questions apply.');
  });
});

describe('the live preview', () => {
  const toMtls = [
    ...BEGIN,
    answer('cloud', 'aws'),
    answer('services', 40),
    answer('operators', 'no'),
    answer('compliance', ['pci-dss']),
    answer('windows', 'no'),
  ];

  it('says what the row under the cursor would move', () => {
    const state = play(...toMtls, down, down);
    const mesh = previewOf(state, context).rows.find(row => row.decision === 'mesh');
    expect(mesh).toMatchObject({ leads: 'Istio ambient', movedFrom: 'No mesh' });
    expect(previewOf(state, context).sentence).toBe(
      'With this answer: Service mesh would move to Istio ambient.',
    );
    expect(state.answers).not.toHaveProperty('mtls');
  });

  it('says that an answer moves nothing', () => {
    expect(previewOf(play(...toMtls), context).sentence).toBe('This answer moves nothing.');
  });

  it('says what falls away and how many questions with it', () => {
    const state = play(
      ...toMtls,
      { type: 'go-to', question: 'services' },
      { type: 'erase', what: 'all' },
      type('2'),
    );
    expect(previewOf(state, context).sentence).toBe(
      'With this answer: Platform would move to Managed containers; Network plug-in would fall away; Service mesh would fall away; 2 fewer to ask.',
    );
  });

  it('says nothing while the number is out of range', () => {
    const state = play(...toMtls, { type: 'go-to', question: 'services' }, type('9'), type('9'));
    expect(previewOf(state, context).sentence).toBe('');
  });
});
