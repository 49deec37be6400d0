/** What the bundle says of plain text without ICU is what ICU and string-width say of it. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { laterExpressions, laterSegmenter, SINGLE_CELLS } from '../../build/plain-text.js';
import { anyCharacter } from '../any-character.ts';

interface Cluster {
  readonly segment: string;
  readonly index: number;
}
interface Segmenter {
  segment(text: string): Iterable<Cluster> & { containing(at: number): Cluster | undefined };
}

const real = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const later = runInNewContext(`(${laterSegmenter('new Intl.Segmenter()')})`, { Intl }) as Segmenter;
const plain = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(character =>
  SINGLE_CELLS.test(character),
);
const anyPlain = fc.array(fc.constantFrom(...plain, '\n', '\u001b[1m')).map(parts => parts.join(''));
const anyText = fc.oneof(anyPlain, fc.string({ unit: anyCharacter }), fc.string({ unit: 'grapheme' }));

test('plain characters are one cell wide, alone and side by side', () => {
  expect(plain.length).toBeGreaterThan(900);
  expect(plain.filter(character => stringWidth(character) !== 1)).toEqual([]);
  expect(stringWidth(plain.join(''))).toBe(plain.length);
});

test('texts fall into the same clusters', () => {
  fc.assert(
    fc.property(anyText, fc.nat(20), (text, at) => {
      const clusters = (from: Iterable<Cluster>) => [...from].map(({ segment, index }) => [index, segment]);
      expect(clusters(later.segment(text))).toEqual(clusters(real.segment(text)));
      expect(later.segment(text).containing(at)?.segment).toBe(real.segment(text).containing(at)?.segment);
    }),
    { numRuns: 2000 },
  );
});

test('string-width measures the same with expressions that are made when they are used', async () => {
  const modules = resolve(import.meta.dirname, '../../node_modules');
  const source = readFileSync(join(modules, 'string-width/index.js'), 'utf8');
  const changed = laterExpressions(source);
  expect(source).toMatch(/^const \w+ = \/.*\/v;$/m);
  expect(changed).not.toMatch(/^const \w+ = \/.*\/v;$/m);
  mkdirSync(join(modules, '.cache/chartroom'), { recursive: true });
  const copy = join(modules, '.cache/chartroom/string-width-later.mjs');
  writeFileSync(copy, changed);
  const { default: later } = (await import(copy)) as { readonly default: typeof stringWidth };
  fc.assert(
    fc.property(anyText, text => {
      expect(later(text)).toBe(stringWidth(text));
    }),
    { numRuns: 2000 },
  );
});
