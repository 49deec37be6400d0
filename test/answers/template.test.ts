import { describe, expect, it } from 'vitest';
import { parseAnswers } from '../../src/answers/parse.ts';
import { answersTemplate } from '../../src/answers/template.ts';
import { SMALL } from './small-catalogue.ts';

const [preset] = SMALL.presets;
const parse = (text: string) => parseAnswers(text, 'answers.yaml', SMALL);
const template = (with_: typeof preset | null) =>
  answersTemplate(SMALL, { asOf: '2026-11-20', preset: with_ ?? null });

describe('the annotated answers file', () => {
  it('reads without a mistake; only what is required is missing', () => {
    expect(parse(template(null))).toEqual({
      file: null,
      diagnostics: [],
      missingRequired: ['project.name', 'cloud'],
    });
  });

  it('holds the answers of a preset', () => {
    const text = template(preset ?? null).replace('# name: shop # required', 'name: shop');
    expect(parse(text)).toMatchObject({
      diagnostics: [],
      missingRequired: ['cloud'],
      file: {
        asOf: '2026-11-20',
        answers: new Map<string, unknown>([
          ['services', 3],
          ['windows', 'no'],
          ['compliance', []],
        ]),
      },
    });
  });

  it('reads without a mistake once every answer is uncommented', () => {
    const text = template(null).replace(/^ {2}# ([a-z-]+: .*)$/gm, '  $1');
    const { file, diagnostics } = parse(text);
    expect(diagnostics).toEqual([]);
    expect([...(file?.answers.keys() ?? [])]).toEqual(SMALL.questions.map(({ id }) => id));
    expect(file?.project.network).toBeDefined();
    expect([...(file?.pins.keys() ?? [])]).toEqual(['mesh']);
  });

  it('says of every question what is asked, why, and what the answers are', () => {
    const text = template(null).replace(/\n +# +/g, ' ');
    for (const { ask, why } of SMALL.questions) {
      expect(text).toContain(ask);
      expect(text).toContain(why);
    }
    expect(text).toContain('(required; hard to change later)');
    expect(text).toContain('A whole number from 1 to 500; or unsure. Assumed while unsure: 10.');
    expect(text).toContain(
      'A list of: pci-dss (PCI DSS), hipaa, iso-27001 (ISO 27001); [] for none; or unsure.',
    );
  });

  it('says what other answers usually imply', () => {
    const when = { op: 'answer', question: 'compliance', values: ['pci-dss'] } as const;
    const because = 'Auditors ask for it.';
    const questions = SMALL.questions.map(question =>
      question.id === 'windows'
        ? { ...question, suggested: [{ when, answer: 'no', because, facts: [] }] }
        : question,
    );
    const text = answersTemplate({ ...SMALL, questions }, { asOf: '2026-11-20', preset: null });
    expect(text.replace(/\n +# +/g, ' ')).toContain(
      'Usually no where the workloads fall under PCI DSS: Auditors ask for it.',
    );
    expect(parse(text).diagnostics).toEqual([]);
  });

  it('has no line longer than a hundred characters', () => {
    expect(
      template(null)
        .split('\n')
        .filter(line => line.length > 104),
    ).toEqual([]);
  });
});
