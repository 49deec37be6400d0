import { describe, expect, it } from 'vitest';
import type { Answers, Catalogue, Id } from '../../src/content/catalogue.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { flips } from '../../src/engine/flips.ts';
import type { Change } from '../../src/engine/outcome.ts';
import {
  all,
  between,
  catalogueOf,
  decision,
  favors,
  input,
  is,
  multi,
  number,
  picked,
  rulesOut,
  yesNo,
} from './build.ts';
import { forAll, RICH, randomAnswers, randomCatalogue, SMALL, TIGHT, valuesOf } from './random.ts';
import { referencePicks } from './reference.ts';

const changed = (answers: Answers, changes: readonly Change[]): Answers =>
  new Map([...answers, ...changes.map(({ question, answer }) => [question, answer] as const)]);

/** Questions whose answer alone moves the pick of a decision, by trying them all. */
function movingAlone(catalogue: Catalogue, answers: Answers, id: Id): readonly Id[] {
  const before = referencePicks(catalogue, answers).picks.get(id);
  return catalogue.questions
    .filter(question =>
      valuesOf(question).some(
        value =>
          referencePicks(catalogue, new Map([...answers, [question.id, value]])).picks.get(id) !== before,
      ),
    )
    .map(question => question.id);
}

describe('flips', () => {
  it.each([
    ['few rules', SMALL],
    ['many hard rules', TIGHT],
    ['many reasons', RICH],
  ])('that are reported do flip, and no single answer that flips is left out: %s', (_, shape) => {
    forAll(draw => {
      const catalogue = randomCatalogue(draw, shape);
      const answers = randomAnswers(draw, catalogue, 5);
      const before = referencePicks(catalogue, answers).picks;
      const found = flips(createEngine(catalogue), { answers, pins: new Map(), asOf: '2026-11-20' }, 1);
      for (const flip of found) {
        expect(flip.changes).toHaveLength(1);
        expect(flip.from).toBe(before.get(flip.decision));
        expect(flip.to).not.toBe(flip.from);
        expect(referencePicks(catalogue, changed(answers, flip.changes)).picks.get(flip.decision)).toBe(
          flip.to,
        );
      }
      for (const [id, pick] of before) {
        if (pick === null) continue;
        const reported = found.filter(flip => flip.decision === id).map(flip => flip.changes[0]?.question);
        for (const question of movingAlone(catalogue, answers, id)) expect(reported).toContain(question);
      }
    }, 25);
  });

  it('of two answers appear only where no single answer flips, and do flip', () => {
    let pairs = 0;
    forAll(draw => {
      const catalogue = randomCatalogue(draw, SMALL);
      const answers = randomAnswers(draw, catalogue, 5);
      const found = flips(createEngine(catalogue), { answers, pins: new Map(), asOf: '2026-11-20' }, 2);
      for (const flip of found.filter(({ changes }) => changes.length === 2)) {
        pairs++;
        expect(movingAlone(catalogue, answers, flip.decision)).toEqual([]);
        expect(referencePicks(catalogue, changed(answers, flip.changes)).picks.get(flip.decision)).toBe(
          flip.to,
        );
      }
    }, 25);
    expect(pairs).toBeGreaterThan(0);
  });

  const catalogue = catalogueOf({
    questions: [
      number('services', 1, 100),
      multi('needs', ['waf', 'static-ip', 'source-ip']),
      yesNo('windows'),
    ],
    decisions: [
      decision(
        'platform',
        { serverless: {}, kubernetes: {} },
        {
          many: favors('kubernetes', between('services', 20, 100)),
          huge: favors('kubernetes', between('services', 50, 100)),
        },
      ),
      decision(
        'edge',
        { managed: {}, own: {} },
        {
          'source-ip': favors('own', is('needs', 'source-ip')),
          windows: rulesOut('own', is('windows', 'yes')),
        },
      ),
    ],
  });

  it('of a number name the nearest value that does it', () => {
    expect(
      flips(createEngine(catalogue), input({ services: 12, needs: [], windows: 'no' }), 1, 'platform'),
    ).toEqual([
      {
        changes: [{ question: 'services', from: 12, answer: 20 }],
        decision: 'platform',
        from: 'serverless',
        to: 'kubernetes',
      },
    ]);
  });

  it('of a list add or take away no more than it needs', () => {
    const found = flips(
      createEngine(catalogue),
      input({ services: 12, needs: ['waf'], windows: 'no' }),
      1,
      'edge',
    );
    expect(found.map(({ changes }) => changes)).toEqual([
      [{ question: 'needs', from: ['waf'], answer: ['waf', 'source-ip'] }],
    ]);
  });

  it('of an unsure answer come from nothing', () => {
    const [flip] = flips(createEngine(catalogue), input({ services: 'unsure' }), 1, 'platform');
    expect(flip?.changes).toEqual([{ question: 'services', from: null, answer: 20 }]);
  });

  it('are found of a question that only an option asks which was passed over for its answer', () => {
    const gated = catalogueOf({
      questions: [yesNo('audit', { askedWhen: picked('cni', 'cilium') })],
      decisions: [
        decision('cni', { cilium: {}, calico: {} }),
        decision(
          'observability',
          { hubble: {}, none: {} },
          {
            'no-hubble': rulesOut('hubble', is('audit', 'yes')),
            'hubble-comes-with-it': rulesOut('none', picked('cni', 'cilium')),
          },
        ),
      ],
    });
    expect(flips(createEngine(gated), input({ audit: 'yes' }), 1, 'cni')).toEqual([
      {
        changes: [{ question: 'audit', from: null, answer: 'no' }],
        decision: 'cni',
        from: 'calico',
        to: 'cilium',
      },
    ]);
  });

  it('of two answers are found where they leave a later decision without an option', () => {
    const cornered = catalogueOf({
      questions: [yesNo('windows'), yesNo('air-gap')],
      decisions: [
        decision('network', { fast: {}, plain: {} }),
        decision(
          'mesh',
          { none: {}, istio: {} },
          {
            windows: rulesOut('none', all(is('windows', 'yes'), picked('network', 'fast'))),
            gap: rulesOut('istio', all(is('air-gap', 'yes'), picked('network', 'fast'))),
          },
        ),
      ],
    });
    const found = flips(createEngine(cornered), input({ windows: 'no', 'air-gap': 'no' }), 2, 'network');
    expect(found).toEqual([
      {
        changes: [
          { question: 'windows', from: 'no', answer: 'yes' },
          { question: 'air-gap', from: 'no', answer: 'yes' },
        ],
        decision: 'network',
        from: 'fast',
        to: 'plain',
      },
    ]);
  });
});
