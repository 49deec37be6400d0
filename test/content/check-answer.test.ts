import { describe, expect, test } from 'vitest';
import { checkAnswer } from '../../src/content/check-answer.ts';
import { loadCatalogue } from '../../src/content/load.ts';
import { catalogueOf, SMALL } from './small-pack.ts';

const { questions } = catalogueOf(loadCatalogue([SMALL]));

function check(id: string, value: unknown): unknown {
  const question = questions.find(candidate => candidate.id === id);
  if (!question) throw new Error(`no question ${id}`);
  const checked = checkAnswer(question, value);
  if ('answer' in checked) return checked.answer;
  const { code, message, help } = checked.problem;
  return `${code}: ${message}. ${help}`;
}

describe('an answer that fits', () => {
  test.each<[string, unknown, unknown]>([
    ['cloud', 'aws', 'aws'],
    ['windows', 'yes', 'yes'],
    ['services', 1, 1],
    ['services', 500, 500],
    ['compliance', [], []],
    ['compliance', ['hipaa', 'pci-dss'], ['pci-dss', 'hipaa']],
    ['drivers', ['security', 'cost'], ['security', 'cost']],
    ['services', 'unsure', 'unsure'],
    ['compliance', 'unsure', 'unsure'],
  ])('%s: %j', (id, value, answer) => {
    expect(check(id, value)).toEqual(answer);
  });
});

describe('an answer that does not fit says what would', () => {
  test.each<[string, unknown, string]>([
    [
      'cloud',
      'awss',
      'unknown-answer: "cloud" has no answer "awss"; did you mean "aws"?. It has aws, gcp, on-prem; or unsure.',
    ],
    [
      'cloud',
      ['aws'],
      'wrong-type: "cloud" takes one answer, not a list. It has aws, gcp, on-prem; or unsure.',
    ],
    ['cloud', null, 'wrong-type: "cloud" takes one answer, not empty. It has aws, gcp, on-prem; or unsure.'],
    ['windows', true, 'wrong-type: "windows" takes one answer, not true. Write yes.'],
    ['services', '24', 'wrong-type: "services" is a number, not "24". Write it without quotes.'],
    [
      'services',
      2.5,
      'wrong-type: "services" is a whole number, not 2.5. A whole number from 1 to 500, or unsure.',
    ],
    ['services', 501, 'out-of-range: "services" cannot be 501. A whole number from 1 to 500, or unsure.'],
    [
      'services',
      Number.NaN,
      'wrong-type: "services" is a whole number, not NaN. A whole number from 1 to 500, or unsure.',
    ],
    ['compliance', 'hipaa', 'wrong-type: "compliance" takes a list, not "hipaa". Write [hipaa].'],
    [
      'compliance',
      ['hippa'],
      'unknown-answer: "compliance" has no answer "hippa"; did you mean "hipaa"?. It has pci-dss, hipaa; or unsure.',
    ],
    ['compliance', ['hipaa', 'hipaa'], 'duplicate-answer: "compliance" lists "hipaa" twice. Keep one.'],
    [
      'compliance',
      ['unsure'],
      'wrong-type: "compliance" cannot be unsure and something else. Write compliance: unsure.',
    ],
    [
      'compliance',
      [3],
      'wrong-type: "compliance" is a list of answers, not of the number 3. It has pci-dss, hipaa; or unsure.',
    ],
    [
      'drivers',
      ['cost', 'security', 'operability'],
      'too-many: "drivers" takes at most 2. Keep the first ones.',
    ],
    [
      'cloud',
      'constructor',
      'unknown-answer: "cloud" has no answer "constructor". It has aws, gcp, on-prem; or unsure.',
    ],
  ])('%s: %j', (id, value, problem) => {
    expect(check(id, value)).toBe(problem);
  });
});
