import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { parseAnswers } from '../../src/answers/parse.ts';
import { answersSchema } from '../../src/answers/schema.ts';
import { answersTemplate } from '../../src/answers/template.ts';
import { writeAnswers } from '../../src/answers/write.ts';
import { content } from './arbitrary.ts';
import { SMALL } from './small-catalogue.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/answers');
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(
  answersSchema(SMALL),
);

/** Mistakes that no schema can see, or that are lost once the YAML was read. */
const BEYOND_A_SCHEMA = [
  'alias.yaml',
  'alias-bomb.yaml', 'bad-project.yaml', 'direction-mark.yaml', 'duplicate-key.yaml', 'no-such-day.yaml', 'overlapping-cidrs.yaml',
  'pin-with-line-break.yaml', 'prototype.yaml', 'tab-indentation.yaml', 'tag.yaml', 'two-documents.yaml', 'unclosed-brace.yaml',
  'yaml-1.1.yaml', 'zero-bytes.yaml',
]; // biome-ignore format: a list of names

describe('the JSON Schema of the answers file', () => {
  it.each(readdirSync(join(FIXTURES, 'valid')))('accepts %s', name => {
    expect(validate(parseYaml(readFileSync(join(FIXTURES, 'valid', name), 'utf8')))).toBe(true);
  });

  it.each(readdirSync(join(FIXTURES, 'invalid')).filter(name => !BEYOND_A_SCHEMA.includes(name)))(
    'refuses %s',
    name => {
      expect(validate(parseYaml(readFileSync(join(FIXTURES, 'invalid', name), 'utf8')))).toBe(false);
    },
  );

  it('accepts whatever we write, the template too', () => {
    expect(
      validate(parseYaml(answersTemplate(SMALL, { asOf: '2026-11-20', preset: SMALL.presets[0] ?? null }))),
    ).toBe(true);
    fc.assert(
      fc.property(content, value => {
        const text = writeAnswers(value);
        const isRight = parseAnswers(text, 'answers.yaml', SMALL).diagnostics.length === 0;
        expect(validate(parseYaml(text))).toBe(isRight);
      }),
    );
  });

  it('offers an editor the values of every question and option', () => {
    expect(answersSchema(SMALL)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      properties: {
        answers: {
          properties: {
            cloud: {
              enum: ['aws', 'azure', 'gcp', 'on-prem', 'unsure'],
              description: expect.stringContaining('gcp: Google Cloud'),
            },
          },
        },
        pins: {
          properties: {
            mesh: {
              properties: { choose: { enum: ['none', 'linkerd', 'istio-ambient'] } },
              required: ['choose', 'because'],
            },
          },
        },
      },
    });
  });
});
