import { describe, expect, it } from 'vitest';
import type { Catalogue, Rule } from '../../src/content/catalogue.ts';
import { compare } from '../../src/engine/compare.ts';
import { createEngine } from '../../src/engine/compile.ts';
import {
  between,
  catalogueOf,
  choice,
  decision,
  fact,
  favors,
  input,
  is,
  number,
  picked,
  strong,
} from './build.ts';

const knowledge = (digest: string, change: (rule: Rule) => readonly Rule[] = rule => [rule]): Catalogue => {
  const catalogue = catalogueOf({
    digest,
    questions: [
      choice('cloud', ['aws', 'gcp']),
      number('services', 1, 100),
      choice('skill', ['none', 'strong']),
    ],
    decisions: [
      decision(
        'platform',
        { serverless: {}, kubernetes: {} },
        {
          many: favors('kubernetes', between('services', 20, 100), { ...strong, facts: ['F-1'] }),
        },
      ),
      decision(
        'mesh',
        { none: {}, linkerd: {} },
        { skilled: favors('linkerd', is('skill', 'strong')) },
        { applies: picked('platform', 'kubernetes') },
      ),
    ],
    facts: [fact('F-1')],
  });
  return {
    ...catalogue,
    decisions: catalogue.decisions.map(one => ({ ...one, rules: one.rules.flatMap(change) })),
  };
};
const engine = createEngine(knowledge('a'));
const few = { cloud: 'aws', services: 3, skill: 'none' };

describe('a comparison', () => {
  it('of the same run has nothing to say', () => {
    const side = { engine, input: input(few) };
    expect(compare(side, side)).toEqual({ decisions: [], versions: [] });
  });

  it('names the answers behind each pick that differs, and no others', () => {
    const after = { cloud: 'gcp', services: 40, skill: 'strong' };
    const { decisions } = compare({ engine, input: input(few) }, { engine, input: input(after) });
    const services = { kind: 'answer', question: 'services', from: 3, to: 40 };
    expect(decisions).toMatchObject([
      { decision: 'platform', from: 'serverless', to: 'kubernetes', because: [services] },
      {
        decision: 'mesh',
        from: null,
        to: 'linkerd',
        because: [services, { kind: 'answer', question: 'skill', from: 'none', to: 'strong' }],
      },
    ]);
  });

  it('names a pin', () => {
    const { decisions } = compare(
      { engine, input: input(few) },
      { engine, input: input(few, { platform: 'kubernetes' }) },
    );
    expect(decisions[0]?.because).toEqual([
      { kind: 'pin', decision: 'platform', from: null, to: 'kubernetes' },
    ]);
  });

  it('names the rule that is new, gone or changed, and what follows from it', () => {
    const many = { ...few, services: 40 };
    const without = createEngine(knowledge('b', rule => (rule.id === 'platform/many' ? [] : [rule])));
    const { decisions } = compare({ engine, input: input(many) }, { engine: without, input: input(many) });
    expect(decisions).toMatchObject([
      {
        decision: 'platform',
        from: 'kubernetes',
        to: 'serverless',
        because: [{ kind: 'rule', id: 'platform/many', change: 'removed' }],
      },
      { decision: 'mesh', from: 'none', to: null, because: [{ kind: 'decision', id: 'platform' }] },
    ]);
  });

  it('counts an answer that the other knowledge does not know as unsure', () => {
    const wider = knowledge('c');
    const renamed: Catalogue = {
      ...wider,
      questions: wider.questions.filter(({ id }) => id !== 'skill'),
      decisions: wider.decisions.slice(0, 1),
    };
    const { decisions } = compare(
      { engine, input: input({ ...few, services: 40 }) },
      { engine: createEngine(renamed), input: input({ cloud: 'aws', services: 40 }) },
    );
    expect(decisions).toMatchObject([
      {
        decision: 'mesh',
        from: 'none',
        to: null,
        because: [{ kind: 'applies', id: 'mesh', change: 'removed' }],
      },
    ]);
  });

  it('reports a verdict that differs while the pick stays', () => {
    const { decisions } = compare(
      { engine, input: input({ ...few, services: 40 }) },
      { engine, input: input({ cloud: 'aws', skill: 'none' }, { platform: 'kubernetes' }) },
    );
    expect(decisions.every(({ from, to }) => from === to)).toBe(true);
    expect(decisions.map(({ decision: id }) => id)).toContain('platform');
  });
});
