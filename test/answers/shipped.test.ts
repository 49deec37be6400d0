/** The answers room with the questions and decisions that are shipped, and the examples that people start from. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { parseAnswers } from '../../src/answers/parse.ts';
import { rewriteAnswers } from '../../src/answers/rewrite.ts';
import { answersSchema } from '../../src/answers/schema.ts';
import { applySet } from '../../src/answers/set.ts';
import { answersTemplate } from '../../src/answers/template.ts';
import { writeAnswers } from '../../src/answers/write.ts';
import { shippedCatalogue as catalogue } from '../content/shipped.ts';

const root = resolve(import.meta.dirname, '../..');
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(answersSchema(catalogue));
const EXAMPLES = readdirSync(join(root, 'examples')).filter(name => name.endsWith('.yaml'));
const example = (name: string) => readFileSync(join(root, 'examples', name), 'utf8');
const parse = (text: string) => parseAnswers(text, 'answers.yaml', catalogue);

describe('the shipped questions', () => {
  it.each(EXAMPLES)('read examples/%s without a mistake, and so does an editor with the schema', name => {
    const { diagnostics: mistakes, missingRequired, file } = parse(example(name));
    expect({ mistakes, missingRequired }).toEqual({ mistakes: [], missingRequired: [] });
    expect(file?.asOf).not.toBeNull();
    expect(validate(parseYaml(example(name)))).toBe(true);
  });

  it.each(EXAMPLES)('keep every byte of examples/%s that is not about the changed answer', name => {
    const { file } = parse(example(name));
    if (file === null) throw new Error('incomplete');
    expect(rewriteAnswers(file, file)).toBe(file.text);
    const { answers } = applySet(file.answers, ['services=77'], catalogue);
    const changed = rewriteAnswers(file, { ...file, answers }).split('\n');
    const lines = file.text.split('\n');
    expect(changed.filter((line, index) => line !== lines[index])).toEqual([
      expect.stringMatching(/^\s+services: 77\b/),
    ]);
    expect(parse(writeAnswers({ ...file, answers })).file?.answers).toEqual(answers);
  });

  it.each([null, ...catalogue.presets])('make a template that reads without a mistake: %j', preset => {
    const text = answersTemplate(catalogue, { asOf: '2026-11-20', preset });
    const parsed = parse(text.replace('# name: shop', 'name: shop'));
    expect(parsed.diagnostics).toEqual([]);
    expect(validate(parseYaml(text))).toBe(true);
    expect(Object.fromEntries(parsed.file?.answers ?? [])).toEqual(preset?.answers ?? {});
    for (const { id } of catalogue.questions) expect(text).toMatch(new RegExp(`^ {2}(# )?${id}: `, 'm'));
  });

  it('make a template that reads without a mistake once every answer is uncommented', () => {
    const text = answersTemplate(catalogue, { asOf: '2026-11-20', preset: null });
    const {
      file,
      diagnostics: mistakes,
      missingRequired,
    } = parse(text.replace(/^ {2}# ([a-z-]+: .*)$/gm, '  $1'));
    expect({ mistakes, missingRequired }).toEqual({ mistakes: [], missingRequired: [] });
    expect(file?.answers.size).toBe(catalogue.questions.length);
  });
});
