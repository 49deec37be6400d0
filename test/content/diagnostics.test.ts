/**
 * What an author is told: each file of fixtures/content/broken is added to the small pack. Its first line names the
 * path it is put at, the comment lines below that are the findings, word for word.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXTURES, loadWith } from './small-pack.ts';

const folder = join(FIXTURES, 'broken');
const names = readdirSync(folder).sort();

describe('a broken file is reported with its place, what is wrong and how to mend it', () => {
  test.each(names)('%s', name => {
    const text = readFileSync(join(folder, name), 'utf8');
    const header = text.split('\n').slice(
      0,
      text.split('\n').findIndex(line => !line.startsWith('#')),
    );
    const [path = '', ...comments] = header.map(line => line.slice(2));
    const expected = comments.map(line => (/^\d/.test(line) ? `extra/${path}:${line}` : line));
    const { found, catalogue } = loadWith({ [path]: text });
    expect(found.flatMap(finding => finding.split('\n'))).toEqual(
      expected.map(line => line.replace(/^ {3}(?=\S)/, '  ')),
    );
    expect(catalogue).toBeNull();
  });
});

test('every code that a file can earn is among the examples', () => {
  const codes = new Set(
    names.flatMap(name =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/^# \S*\d+:\d+: ([a-z-]+):/gm)].map(
        ([, code]) => code,
      ),
    ),
  );
  const sources = [
    'condition',
    'range',
    'constant',
    'resolve-rules',
    'resolve-decisions',
    'resolve-questions',
    'resolve-suggestions',
  ];
  const used = sources.flatMap(source => {
    const text = readFileSync(join(import.meta.dirname, `../../src/content/${source}.ts`), 'utf8');
    const pattern = /(?:problem\(\s*draft,\s*|unknown\(\s*|code: |report\(\s*reading,\s*)'([a-z-]+)'/g;
    return [...text.matchAll(pattern)].map(([, code]) => code);
  });
  expect(used.length).toBeGreaterThan(30);
  expect([...new Set(used)].filter(code => !codes.has(code))).toEqual([]);
});
