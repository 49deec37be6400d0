import { describe, expect, it } from 'vitest';
import { type Answer, type Id, UNSURE } from '../../src/content/catalogue.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { decisiveQuestions } from '../../src/engine/decisive.ts';
import { nextQuestion } from '../../src/engine/next-question.ts';
import { picks } from '../../src/engine/picks.ts';
import { shippedCatalogue as catalogue } from '../content/shipped.ts';
import {
  all,
  catalogueOf,
  choice,
  decision,
  drivers,
  favors,
  input,
  is,
  multi,
  serving,
  yesNo,
} from './build.ts';
import { forAll, randomCatalogue, valuesOf } from './random.ts';

const asOf = '2026-11-20';
const noPins = new Map();

describe('the most decisive question', () => {
  const platform = decision(
    'platform',
    { small: {}, large: {} },
    { big: favors('large', is('size', 'large')), tiny: favors('small', is('size', 'small')) },
  );

  it('is one that decides, and not one with many answers that nothing reads', () => {
    const pairs = ['one', 'two', 'three', 'four'].map(id => ({ id, a: `${id}-a`, b: `${id}-b` }));
    const engine = createEngine(
      catalogueOf({
        questions: [
          multi('likes', ['a', 'b', 'c', 'd', 'e', 'f']),
          choice('colour', ['red', 'green', 'blue', 'white', 'black', 'brown', 'pink', 'grey', 'gold']),
          ...pairs.flatMap(({ a, b }) => [yesNo(a), yesNo(b)]),
        ],
        decisions: pairs.map(({ id, a, b }) =>
          decision(id, { no: {}, yes: {} }, { both: favors('yes', all(is(a, 'yes'), is(b, 'yes'))) }),
        ),
      }),
    );
    expect(nextQuestion(engine, input())).toMatch(/-[ab]$/);
  });

  it('is a required one first, whatever it decides', () => {
    const questions = [choice('size', ['small', 'large']), yesNo('late', { required: true, assume: null })];
    const engine = createEngine(catalogueOf({ questions, decisions: [platform] }));
    expect(nextQuestion(engine, input())).toBe('late');
  });

  it('is there for a half-answered run of the shipped questions, and not where the rest is unsure', () => {
    const engine = createEngine(catalogue);
    const half = new Map<Id, Answer>([
      ['cloud', 'aws'],
      ['services', 40],
      ['teams', 6],
    ]);
    expect(nextQuestion(engine, { answers: half, pins: noPins, asOf })).not.toBeNull();
    const rest = catalogue.questions.filter(({ id }) => !half.has(id)).map(({ id }) => [id, UNSURE] as const);
    const unsure = { answers: new Map([...half, ...rest]), pins: noPins, asOf };
    expect(nextQuestion(engine, unsure)).toBeNull();
    expect(decisiveQuestions(engine, unsure).questions).toEqual([]);
  });
});

describe('decisive questions', () => {
  it('are those that can still change a decision, and required ones', () => {
    const platform = decision(
      'platform',
      { small: {}, large: {} },
      { big: favors('large', is('size', 'large')) },
    );
    const questions = [
      yesNo('late'),
      choice('size', ['small', 'large']),
      yesNo('needed', { required: true, assume: null }),
    ];
    const engine = createEngine(catalogueOf({ questions, decisions: [platform] }));
    expect(decisiveQuestions(engine, input()).questions).toEqual(['size', 'needed']);
    expect(decisiveQuestions(engine, input({ size: 'unsure', needed: 'yes' })).questions).toEqual([]);
  });

  it('leave out a ranking that would only break a tie', () => {
    const tied = decision(
      'gitops',
      { flux: {}, argo: {} },
      {
        cheap: favors('flux', undefined, serving('cost')),
        seen: favors('argo', undefined, serving('security')),
      },
    );
    const engine = createEngine(catalogueOf({ questions: [drivers()], decisions: [tied] }));
    expect(decisiveQuestions(engine, input())).toEqual({ questions: [], tossUps: ['gitops'] });
  });

  it('are asked until no answer to the rest changes anything but a toss-up', () => {
    forAll(draw => {
      const catalogue = randomCatalogue(draw);
      const engine = createEngine(catalogue);
      const answers = new Map<Id, Answer>();
      const any = (id: Id): Answer => {
        const question = catalogue.questions.find(one => one.id === id);
        const values = question === undefined ? [] : valuesOf(question);
        return values[draw(values.length - 1)] ?? UNSURE;
      };
      const decisive = () => decisiveQuestions(engine, { answers, pins: noPins, asOf });
      for (let left = decisive().questions; left.length > 0; left = decisive().questions) {
        const next = nextQuestion(engine, { answers, pins: noPins, asOf }, left);
        if (next === null) throw new Error('some are decisive and none is next');
        expect(left).toContain(next);
        answers.set(next, any(next));
      }
      // A decision may count as open for want of an exact analysis; then too no answer may change it.
      const { tossUps } = decisive();
      const now = picks(engine, { answers, pins: noPins });
      for (let times = 0; times < 4; times += 1) {
        const complete = new Map(
          catalogue.questions.map(({ id }) => [id, answers.get(id) ?? any(id)] as const),
        );
        for (const [id, pick] of picks(engine, { answers: complete, pins: noPins })) {
          if (!tossUps.includes(id)) expect([id, pick]).toEqual([id, now.get(id)]);
        }
      }
    }, 60);
  });
});
