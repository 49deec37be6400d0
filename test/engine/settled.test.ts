import { describe, expect, it } from 'vitest';
import type { Answers, Catalogue, Id } from '../../src/content/catalogue.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import { settled } from '../../src/engine/settled.ts';
import {
  all,
  answersOf,
  any,
  between,
  catalogueOf,
  choice,
  decision,
  drivers,
  favors,
  input,
  is,
  multi,
  number,
  pinsOf,
  serving,
  yesNo,
} from './build.ts';
import {
  completions,
  forAll,
  RICH,
  randomAnswers,
  randomCatalogue,
  randomPins,
  SMALL,
  TIGHT,
  unsureOnes,
} from './random.ts';
import { referencePicks } from './reference.ts';

/** Every pick that some way of answering the rest leads to, by decision; `null` for none. */
function reachable(
  catalogue: Catalogue,
  answers: Answers,
  pins: ReadonlyMap<Id, Id>,
): ReadonlyMap<Id, ReadonlySet<Id | null>> {
  const found = new Map<Id, Set<Id | null>>();
  for (const complete of completions(answers, unsureOnes(catalogue, answers))) {
    for (const [id, pick] of referencePicks(catalogue, complete, pins).picks) {
      found.set(id, (found.get(id) ?? new Set()).add(pick));
    }
  }
  return found;
}

const shapes = { 'few rules': SMALL, 'many hard rules': TIGHT, 'many reasons': RICH };
const limits = {
  'whole stacks': { picks: 6000, rows: 1000, evaluations: 1000 },
  'tables of single decisions': { picks: 0, rows: 1000, evaluations: 10_000 },
  'split cases': { picks: 0, rows: 0, evaluations: 1000 },
  'split cases until a small budget is used up': { picks: 0, rows: 0, evaluations: 8 },
  'sets of possibilities alone': { picks: 0, rows: 0, evaluations: 0 },
};
const ways = Object.entries(limits).flatMap(([way, limit]) =>
  Object.entries(shapes).map(([shape, drawn]) => ({ way, shape, limit, drawn })),
);

describe('settled', () => {
  it.each(ways)(
    'never leaves out a pick that some way of answering the rest leads to: $way, $shape',
    ({ limit, drawn }) => {
      forAll(draw => {
        const catalogue = randomCatalogue(draw, drawn);
        const answers = randomAnswers(draw, catalogue, 3);
        const pins = randomPins(draw, catalogue, 10);
        const given = { answers, pins: pinsOf(Object.fromEntries(pins)) };
        const result = settled(createEngine(catalogue), given, limit);
        for (const [id, picks] of reachable(catalogue, answers, pins)) {
          const standing = result.get(id);
          for (const pick of picks) if (pick !== null) expect(standing?.canWin).toContain(pick);
          if (standing?.settled) expect(picks.size).toBe(1);
        }
      }, 15);
    },
  );

  it('is exact where few answers are open', () => {
    forAll(draw => {
      const drawn = randomCatalogue(draw, SMALL);
      const catalogue = { ...drawn, questions: drawn.questions.filter(({ kind }) => kind !== 'ranked') };
      const answers = randomAnswers(draw, catalogue, 3);
      const result = settled(createEngine(catalogue), { answers, pins: new Map() });
      for (const [id, picks] of reachable(catalogue, answers, new Map())) {
        const standing = result.get(id);
        expect([...(standing?.canWin ?? [])].sort()).toEqual([...picks].filter(pick => pick !== null).sort());
        expect(standing?.settled).toBe(picks.size === 1);
      }
    }, 50);
  });

  it('names the unsure questions that move a pick, and no others, where few answers are open', () => {
    forAll(draw => {
      const drawn = randomCatalogue(draw, SMALL);
      const catalogue = { ...drawn, questions: drawn.questions.filter(({ kind }) => kind !== 'ranked') };
      const answers = randomAnswers(draw, catalogue, 3);
      const stack = decide(createEngine(catalogue), { answers, pins: new Map(), asOf: '2026-11-20' });
      for (const outcome of stack.outcomes) {
        if (outcome.status !== 'decided') continue;
        const moving = unsureOnes(catalogue, answers).filter(question => {
          const others = unsureOnes(catalogue, answers).filter(({ id }) => id !== question.id);
          return completions(answers, others).some(rest => {
            const seen = completions(rest, [question]).map(complete =>
              referencePicks(catalogue, complete).picks.get(outcome.decision),
            );
            return new Set(seen).size > 1;
          });
        });
        const asked = moving.map(({ id }) => id).filter(id => stack.answers.has(id));
        expect([...outcome.unsettledBy].sort()).toEqual(asked.sort());
        expect(outcome.verdict === 'not-settled').toBe(asked.length > 0);
      }
    }, 30);
  });

  const alone = { picks: 0, rows: 0, evaluations: 0 };

  it('does not forget that a ranked driver may break a tie', () => {
    const catalogue = catalogueOf({
      questions: [yesNo('windows'), drivers()],
      decisions: [
        decision(
          'mesh',
          { none: {}, istio: {}, linkerd: {} },
          {
            a: favors('none', undefined, serving('cost')),
            b: favors('none', undefined, serving('cost')),
            c: favors('istio', undefined, serving('security')),
            d: favors('linkerd', is('windows', 'yes'), serving('cost')),
          },
        ),
      ],
    });
    const given = { answers: answersOf({ drivers: ['security'] }), pins: new Map() };
    expect(settled(createEngine(catalogue), given, alone).get('mesh')?.canWin).toContain('istio');
  });

  it('does not try out answers to a question that is certainly not asked', () => {
    const either = any(is('windows', 'yes'), is('cloud', 'aws'));
    const catalogue = catalogueOf({
      questions: [
        choice('cloud', ['aws', 'gcp', 'azure']),
        number('services', 1, 9),
        yesNo('windows', { askedWhen: between('services', 1, 3) }),
      ],
      decisions: [
        decision(
          'mesh',
          { none: {}, istio: {} },
          { never: favors('istio', all(either, is('cloud', 'gcp', 'azure'))) },
        ),
      ],
    });
    const given = { answers: answersOf({ services: 5 }), pins: new Map() };
    const tables = { picks: 0, rows: 1000, evaluations: 1000 };
    expect(settled(createEngine(catalogue), given, tables).get('mesh')).toEqual({
      settled: true,
      canWin: ['none'],
    });
  });

  it('counts an answer as an assumption where it is open whether the question is asked', () => {
    const gate = { askedWhen: is('windows', 'no') };
    const catalogue = catalogueOf({
      questions: [yesNo('windows'), multi('needs', ['waf'], gate), yesNo('mtls', gate)],
      decisions: [
        decision(
          'mesh',
          { none: {}, istio: {} },
          { needs: favors('istio', is('needs', 'waf')), mtls: favors('istio', is('mtls', 'yes')) },
        ),
      ],
    });
    const stack = decide(createEngine(catalogue), input({ needs: ['waf'], mtls: 'yes' }));
    expect(stack.outcomes).toMatchObject([
      { pick: 'istio', verdict: 'not-settled', unsettledBy: ['windows'], couldBe: ['istio', 'none'] },
    ]);
    const [outcome] = stack.outcomes;
    expect(outcome?.status === 'decided' && outcome.reasons.map(({ assumed }) => assumed)).toEqual([
      true,
      true,
    ]);
  });
});
