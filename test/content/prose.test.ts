import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer, Condition, Question } from '../../src/content/catalogue.ts';
import { loadCatalogue } from '../../src/content/load.ts';
import { answerInWords, conditionInWords, statedAnswer } from '../../src/content/prose.ts';
import { alternatives, negated } from '../../src/content/sentence.ts';
import { catalogueOf, SMALL } from './small-pack.ts';

const catalogue = catalogueOf(loadCatalogue([SMALL]));

function questionOf(id: string): Question {
  const question = catalogue.questions.find(candidate => candidate.id === id);
  if (!question) throw new Error(`no question ${id}`);
  return question;
}

const is = (question: string, ...values: string[]): Condition => ({ op: 'answer', question, values });
const services = (from: number, to: number): Condition => ({ op: 'range', question: 'services', from, to });
const decided = (decision: string, ...options: string[]): Condition => ({
  op: 'decision',
  decision,
  options,
});
const all = (...of: Condition[]): Condition => ({ op: 'all', of });
const any = (...of: Condition[]): Condition => ({ op: 'any', of });
const not = (of: Condition): Condition => ({ op: 'not', of });
const term = (of: Condition): Condition => ({ op: 'term', term: 'some-term', of });

describe('a condition reads as a clause', () => {
  test.each<[string, Condition]>([
    ['always', all()],
    ['the workloads run on AWS', is('cloud', 'aws')],
    ['the workloads run on AWS or Google Cloud', is('cloud', 'aws', 'gcp')],
    ['the workloads run in an own data centre', not(is('cloud', 'aws', 'gcp'))],
    ['some containers need Windows nodes', is('windows', 'yes')],
    ['no container needs Windows', not(is('windows', 'yes'))],
    ['the workloads fall under PCI DSS or HIPAA', is('compliance', 'pci-dss', 'hipaa')],
    [
      'the workloads fall under PCI DSS and HIPAA',
      all(is('compliance', 'pci-dss'), is('compliance', 'hipaa')),
    ],
    ['it is not so that the workloads fall under HIPAA', not(is('compliance', 'hipaa'))],
    ['at least 20 services will run within a year', services(20, 500)],
    ['fewer than 10 services will run within a year', services(1, 9)],
    ['10 to 19 services will run within a year', services(10, 19)],
    ['one service will run within a year', services(1, 1)],
    ['7 services will run within a year', services(7, 7)],
    ['fewer than 20 services will run within a year', not(services(20, 500))],
    ['the platform is Kubernetes', decided('platform', 'kubernetes')],
    ['the service mesh is Linkerd or Istio', decided('mesh', 'istio-ambient', 'linkerd')],
    ['the service mesh is not Istio', not(decided('mesh', 'istio-ambient'))],
    ['the service mesh is neither no mesh nor Linkerd', not(decided('mesh', 'none', 'linkerd'))],
    ['it is not so that nobody asks for encryption between services', not(is('service-mtls', 'none'))],
    ['nobody asks for encryption between services', not(is('service-mtls', 'mandated', 'wanted'))],
    [
      'fewer than 10 services will run within a year and no container needs Windows',
      all(term(services(1, 9)), not(is('windows', 'yes'))),
    ],
    [
      'no container needs Windows and either the workloads run on AWS or at least 20 services will run within a year',
      all(any(is('cloud', 'aws'), services(20, 500)), is('windows', 'no')),
    ],
    [
      'the workloads run on AWS, some containers need Windows nodes, or both no container needs Windows and the platform is Kubernetes',
      any(
        is('cloud', 'aws'),
        is('windows', 'yes'),
        all(is('windows', 'no'), decided('platform', 'kubernetes')),
      ),
    ],
    ['the workloads run on Google Cloud', all(is('cloud', 'aws', 'gcp'), not(is('cloud', 'aws')))],
    ['10 to 19 services will run within a year', all(services(10, 500), services(1, 19))],
    [
      'fewer than 20 services will run within a year and the workloads run in an own data centre',
      not(any(services(20, 500), is('cloud', 'aws', 'gcp'))),
    ],
  ])('%s', (words, condition) => {
    expect(conditionInWords(condition, catalogue)).toBe(words);
  });
});

describe('alternatives share what they have in common, and nothing that would hang', () => {
  test.each<[string | null, string[]]>([
    ['it runs on AWS', ['it runs on AWS']],
    ['it runs on AWS, Azure or both', ['it runs on AWS', 'it runs on Azure', 'it runs on both']],
    ['traffic is steady or comes in waves', ['traffic is steady', 'traffic comes in waves']],
    ['all or most of it fits a service', ['all of it fits a service', 'most of it fits a service']],
    ['it needs up to 8 GiB or more than 8 GiB', ['it needs up to 8 GiB', 'it needs more than 8 GiB']],
    ['the team has not run it or has run it once', ['the team has not run it', 'the team has run it once']],
    [null, ['nobody is on call', 'the platform is on call']],
    [null, ['the edge is small', 'the mesh is large']],
  ])('%s', (together, clauses) => {
    expect(alternatives(clauses)).toBe(together);
  });
});

describe('a clause is turned round only where "not" has one meaning', () => {
  test.each<[string, string | null]>([
    ['mutual TLS is mandated', 'mutual TLS is not mandated'],
    ['the workloads are batch jobs', 'the workloads are not batch jobs'],
    ['calls must be shaped', 'calls need not be shaped'],
    ['some containers are large', null],
    ['no team is large', null],
    ['code that is not trusted runs', null],
    ['the code that is ours is old', null],
    ['they run on AWS', null],
  ])('%s', (clause, opposite) => {
    expect(negated(clause)).toBe(opposite);
  });
});

describe('an answer reads as label and as sentence', () => {
  test.each<[string, Answer, string, string]>([
    ['cloud', 'gcp', 'Google Cloud', 'The workloads run on Google Cloud.'],
    ['windows', 'yes', 'Yes', 'Some containers need Windows nodes.'],
    ['services', 24, '24', '24 services will run within a year.'],
    ['services', 1, '1', 'One service will run within a year.'],
    ['compliance', [], 'none', 'No compliance regime applies.'],
    ['compliance', ['pci-dss', 'hipaa'], 'PCI DSS and HIPAA', 'The workloads fall under PCI DSS and HIPAA.'],
    ['drivers', ['security', 'cost'], 'Security and Cost', 'What matters most is Security and Cost.'],
    ['cloud', 'unsure', 'unsure', 'It is not known yet: Where will it run?'],
  ])('%s: %j', (id, answer, words, sentence) => {
    expect(answerInWords(questionOf(id), answer)).toBe(words);
    expect(statedAnswer(questionOf(id), answer)).toBe(sentence);
  });
});

const atom: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom(...catalogue.questions).chain((question): fc.Arbitrary<Condition> => {
    if (question.kind === 'number') {
      const bound = fc.integer({ min: question.min, max: question.max });
      return fc.tuple(bound, bound).map(([a, b]) => ({
        op: 'range',
        question: question.id,
        from: Math.min(a, b),
        to: Math.max(a, b),
      }));
    }
    const ids = question.choices.map(({ id }) => id);
    return fc.subarray([...ids, 'gone'], { minLength: 1 }).map(values => is(question.id, ...values));
  }),
  fc.constantFrom(...catalogue.decisions).chain(({ id, options }) =>
    fc
      .subarray(
        options.map(option => option.id),
        { minLength: 1 },
      )
      .map(picked => decided(id, ...picked)),
  ),
  fc.constantFrom(is('gone', 'x'), decided('gone', 'x'), {
    op: 'range',
    question: 'gone',
    from: 1,
    to: 2,
  } as const),
);
const { condition } = fc.letrec<{ condition: Condition }>(tie => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    tie('condition').map(not),
    tie('condition').map(term),
    fc.array(tie('condition'), { maxLength: 4 }).map(of => all(...of)),
    fc.array(tie('condition'), { maxLength: 4 }).map(of => any(...of)),
  ),
}));

test('every condition reads as one clause without placeholders', () => {
  fc.assert(
    fc.property(condition, generated => {
      const words = conditionInWords(generated, catalogue);
      expect(words).not.toMatch(/\{answer\}|undefined|null|\[object|\s{2}|^\s|[.\s]$/);
      expect(words).not.toBe('');
    }),
    { numRuns: 500 },
  );
});

test('every answer, also one that the question does not have, reads without placeholders', () => {
  const answer = fc.oneof(
    fc.constant('unsure'),
    fc.string(),
    fc.integer(),
    fc.array(fc.string(), { maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...catalogue.questions), answer, (question, given) => {
      fc.pre(!JSON.stringify(given).includes('{answer}'));
      expect(statedAnswer(question, given)).not.toMatch(/\{answer\}|undefined|\[object/);
      expect(answerInWords(question, given)).not.toMatch(/undefined|\[object/);
    }),
    { numRuns: 300 },
  );
});
