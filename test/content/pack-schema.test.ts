import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { packSchema } from '../../src/content/pack-schema.ts';
import { readYaml } from '../../src/content/yaml.ts';
import { SMALL } from './small-pack.ts';

const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats.default(ajv);
const validate = ajv.compile(packSchema());
const root = join(import.meta.dirname, '../..');

function filesBelow(folder: string): readonly string[] {
  return ['questions', 'recommendations'].flatMap(name =>
    readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.yaml'))
      .map(file => join(folder, name, file)),
  );
}

test('every content file of ours and of the small pack fits the published schema', () => {
  const files = [...filesBelow(root), ...filesBelow(SMALL.root)];
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    validate(readYaml(readFileSync(file, 'utf8'), file).source?.value);
    expect(validate.errors ?? [], file).toEqual([]);
  }
});

describe('an editor marks', () => {
  test.each<[string, string]>([
    [
      'a key that no rule has',
      'decision: mesh\nrules: [{id: x, when: {cloud: aws}, favours: a, because: B.}]',
    ],
    ['a rule without because', 'decision: mesh\nrules: [{id: x, when: {cloud: aws}, favors: a}]'],
    [
      'a driver that is none',
      'decision: m\nrules: [{id: x, when: {a: b}, favors: a, driver: fun, because: B.}]',
    ],
    [
      'a condition that is a word',
      'decision: m\nrules: [{id: x, when: aws, favors: a, driver: cost, because: B.}]',
    ],
    ['an any that is a map', 'terms: {x: {any: {cloud: aws}}}'],
    ['a kind of question that is none', 'topic: t\nquestions: [{id: x, kind: maybe}]'],
    ['a flag in words', 'decision: m\noptions: {a: {label: A, effort: 1, one-way: yes}}'],
    ['a file of no kind', 'foo: 1'],
  ])('%s', (_, text) => {
    expect(validate(readYaml(text, 'x.yaml').source?.value)).toBe(false);
  });
});
