import { describe, expect, it } from 'vitest';
import type { Answer, Catalogue, Id } from '../../src/content/catalogue.ts';
import { askedQuestions } from '../../src/engine/asked.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { decide } from '../../src/engine/decide.ts';
import { nextQuestion } from '../../src/engine/next-question.ts';
import type { Decided } from '../../src/engine/outcome.ts';
import { whyNot } from '../../src/engine/why-not.ts';
import {
  answersOf,
  between,
  catalogueOf,
  choice,
  decision,
  disfavors,
  fact,
  favors,
  input,
  is,
  number,
  picked,
  rulesOut,
  strong,
  yesNo,
} from './build.ts';
import { forAll, randomAnswers, randomCatalogue, SMALL, valuesOf } from './random.ts';

const catalogue = catalogueOf({
  questions: [
    choice('cloud', ['aws', 'gcp', 'on-prem'], { assume: null, required: true }),
    number('services', 1, 100, { assume: 10 }),
    yesNo('windows'),
    yesNo('mtls', { askedWhen: picked('platform', 'kubernetes') }),
  ],
  decisions: [
    decision(
      'platform',
      { serverless: {}, kubernetes: {} },
      {
        few: favors('serverless', between('services', 1, 14), { ...strong, facts: ['F-1'] }),
        many: favors('kubernetes', between('services', 15, 100), {
          ...strong,
          facts: ['F-2'],
          because: 'Many services repay a cluster.',
        }),
        'on-prem': rulesOut('serverless', is('cloud', 'on-prem'), 'impossible', {
          facts: ['F-1'],
          because: 'No service runs there.',
        }),
      },
    ),
    decision(
      'cni',
      { vpc: { applies: is('cloud', 'aws') }, cilium: {}, calico: {} },
      {
        native: favors('vpc', is('cloud', 'aws'), { because: 'It is the native one.' }),
        linux: rulesOut('cilium', is('windows', 'yes'), 'unsupported', { because: 'It needs Linux.' }),
        hard: disfavors('calico', undefined, { because: 'Few people know it.' }),
      },
      { applies: picked('platform', 'kubernetes') },
    ),
  ],
  facts: [fact('F-1'), fact('F-2', { reviewBy: '2026-11-19', contradictedBy: ['F-1'] })],
});
const engine = createEngine(catalogue);
const outcome = (answers: Record<Id, Answer>, id: Id): Decided => {
  const found = decide(engine, input(answers)).outcomes.find(one => one.decision === id);
  if (found?.status !== 'decided') throw new Error(`${id} is not decided`);
  return found;
};

describe('the questions that are asked', () => {
  it('follow answers, assumptions and picks, in asking order', () => {
    expect(askedQuestions(engine, answersOf({ cloud: 'aws', services: 20 }))).toEqual([
      'cloud',
      'services',
      'windows',
      'mtls',
    ]);
    expect(askedQuestions(engine, answersOf({ cloud: 'aws' }))).toEqual(['cloud', 'services', 'windows']);
  });

  it('that are unsure are listed with what was assumed, those that matter first', () => {
    const stack = decide(engine, input({ cloud: 'aws', windows: 'unsure' }));
    expect(stack.openQuestions).toEqual([
      { question: 'services', assumed: 10, matters: ['platform'], whoKnows: 'somebody' },
      { question: 'windows', assumed: 'no', matters: [], whoKnows: 'somebody' },
    ]);
    expect(stack.assumed).toEqual(['services', 'windows']);
    expect([...stack.answers]).toEqual([
      ['cloud', 'aws'],
      ['services', 10],
      ['windows', 'no'],
    ]);
  });

  it('an answer to one that is not asked has no effect and is not used', () => {
    const stack = decide(engine, input({ cloud: 'aws', services: 3, mtls: 'yes' }));
    expect(stack.answers.has('mtls')).toBe(false);
  });

  it('a decision reads come in the order of what they tell', () => {
    expect(outcome({ cloud: 'aws', services: 20, windows: 'no' }, 'platform').read).toEqual([
      'services',
      'cloud',
    ]);
    expect(outcome({ cloud: 'aws', services: 20, windows: 'no' }, 'cni').read).toEqual(['cloud', 'windows']);
  });
});

describe('confidence', () => {
  it.each([
    ['serverless', { cloud: 'aws', services: 3, windows: 'no' }, 'medium', 'hinges'],
    [
      'kubernetes',
      { cloud: 'aws', services: 50, windows: 'no' },
      'low',
      'F-2 is contradicted by another source, and F-2 is past the day of review.',
    ],
    [
      'kubernetes',
      { cloud: 'on-prem', services: 3, windows: 'no' },
      'high',
      'Nothing else is possible with these answers.',
    ],
    [
      'serverless',
      { cloud: 'aws', windows: 'no' },
      'low',
      'it is open how "What about services?" is answered.',
    ],
  ] as const)('in %s with %o is %s', (pick, answers, level, words) => {
    const decided = outcome(answers, 'platform');
    expect(decided).toMatchObject({ pick, confidence: { level } });
    expect(decided.confidence.because).toContain(words);
  });
});

describe('why not', () => {
  const aws = { cloud: 'aws', services: 20, windows: 'no' };
  it.each([
    [aws, 'platform', 'kubernetes', 'picked', 'kubernetes is the pick.'],
    [
      { ...aws, services: 3 },
      'cni',
      'vpc',
      'not-needed',
      'This decision is not needed. It is not needed. It would come out if services is answered "15".',
    ],
    [
      { ...aws, cloud: 'gcp' },
      'cni',
      'vpc',
      'absent',
      'vpc does not apply with these answers: it needs that it is aws. It would come out if cloud is answered "aws".',
    ],
    [
      { ...aws, windows: 'yes' },
      'cni',
      'cilium',
      'ruled-out',
      'cilium is ruled out (unsupported), since it is yes: It needs Linux. It would come out if cloud is answered "gcp" and windows is answered "no".',
    ],
    [
      aws,
      'cni',
      'calico',
      'behind',
      'vpc is ahead of calico (2 plain reasons more). For vpc rather than calico: It is the native one. Few people know it. It would come out if cloud is answered "gcp" and windows is answered "yes".',
    ],
    [
      { ...aws, services: 3 },
      'platform',
      'kubernetes',
      'behind',
      'serverless is ahead of kubernetes (1 strong reason more). For serverless rather than kubernetes: It is so. It would come out if cloud is answered "on-prem".',
    ],
  ] as const)('%o, %s: %s is %s', (answers, decisionId, option, why, says) => {
    expect(whyNot(engine, input(answers), decisionId, option)).toMatchObject({ why, says });
  });

  it('names a pin as the cause, and the decision that would be left stuck', () => {
    expect(whyNot(engine, input(aws, { cni: 'calico' }), 'cni', 'vpc')).toMatchObject({
      why: 'pinned',
      pick: 'calico',
      says: 'vpc is the advice, but calico is pinned: The team knows it.',
    });
    const cornered = catalogueOf({
      questions: [],
      decisions: [
        decision('a', { one: {}, two: {} }),
        decision('b', { only: {} }, { no: rulesOut('only', picked('a', 'one')) }),
      ],
    });
    expect(whyNot(createEngine(cornered), input(), 'a', 'one')).toMatchObject({
      why: 'avoided',
      pick: 'two',
    });
  });

  it('of a tie says what broke it', () => {
    const level = createEngine(
      catalogueOf({ questions: [], decisions: [decision('a', { one: {}, two: {} })] }),
    );
    expect(whyNot(level, input(), 'a', 'two')).toMatchObject({
      why: 'tied',
      changes: null,
      says: 'one and two are level by the reasons; the first leaves less to operate.',
    });
  });
});

describe('the next question', () => {
  it('is the required one first, then the one that decides most, then nothing', () => {
    expect(nextQuestion(engine, input())).toBe('cloud');
    expect(nextQuestion(engine, input({ cloud: 'aws' }))).toBe('services');
    expect(nextQuestion(engine, input({ cloud: 'aws' }), ['windows'])).toBe('windows');
    expect(nextQuestion(engine, input({ cloud: 'aws', services: 'unsure', windows: 'no' }))).toBeNull();
  });

  it('is asked and unanswered, the same each time, and leads through all questions that are asked', () => {
    forAll(draw => {
      const drawn: Catalogue = randomCatalogue(draw, SMALL);
      const random = createEngine(drawn);
      const answers = randomAnswers(draw, drawn, 2);
      for (let step = 0; step <= drawn.questions.length; step++) {
        const given = { answers, pins: new Map(), asOf: '2026-11-20' };
        const next = nextQuestion(random, given);
        expect(nextQuestion(random, given)).toBe(next);
        const asked = askedQuestions(random, answers);
        if (next === null) {
          expect(asked.filter(id => !answers.has(id))).toEqual([]);
          return;
        }
        expect(asked).toContain(next);
        expect(answers.has(next)).toBe(false);
        const question = drawn.questions.find(({ id }) => id === next);
        const values = question === undefined ? [] : valuesOf(question);
        answers.set(next, values[draw(values.length - 1)] ?? 'unsure');
      }
      throw new Error('more questions than there are');
    }, 15);
  });
});
