import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolve } from '../../src/content/resolve.ts';
import { readYaml } from '../../src/content/yaml.ts';
import { byKind, SMALL_FILES } from './parsed-files.ts';
import { loadWith, SMALL } from './small-pack.ts';

const PACKS = [{ name: 'small', version: '1' }];
const texts = SMALL_FILES.map(({ file }) => readFileSync(join(SMALL.root, file.name), 'utf8'));

/** What a slip of the hand does to a file. */
const slip = fc.record({
  file: fc.nat(SMALL_FILES.length - 1),
  line: fc.nat(200),
  do: fc.constantFrom('remove', 'repeat', 'indent', 'empty the value', 'replace the value', 'misspell'),
  value: fc.constantFrom(
    '3',
    'true',
    'null',
    '[]',
    '{}',
    'nonsense',
    '"{answer}"',
    '[[x]]',
    '-1',
    '{a: {b: c}}',
  ),
});

function slipped(
  text: string,
  { line, do: action, value }: { line: number; do: string; value: string },
): string {
  const lines = text.split('\n');
  const at = line % lines.length;
  const old = lines[at] ?? '';
  const changed: Record<string, readonly string[]> = {
    remove: [],
    repeat: [old, old],
    indent: [`  ${old}`],
    'empty the value': [old.replace(/: .*/, ':')],
    'replace the value': [old.replace(/: .*/, `: ${value}`)],
    misspell: [old.replace(/([a-z])([a-z])/, '$2$1')],
  };
  lines.splice(at, 1, ...(changed[action] ?? []));
  return lines.join('\n');
}

test('no slip in any file makes loading throw: there is a catalogue, or findings with places', () => {
  fc.assert(
    fc.property(fc.array(slip, { minLength: 1, maxLength: 3 }), slips => {
      const files = SMALL_FILES.flatMap(({ kind, file }, index) => {
        const own = slips.filter(one => one.file === index);
        if (own.length === 0) return [{ kind, file }];
        const text = own.reduce(slipped, texts[index] ?? '');
        const { source } = readYaml(text, file.name);
        return source ? [{ kind, file: { ...file, source } }] : [];
      });
      const { catalogue, diagnostics } = resolve(byKind(files), PACKS);
      expect(catalogue === null).toBe(diagnostics.length > 0);
      for (const { line, column, message } of diagnostics) {
        expect(line * column).toBeGreaterThan(0);
        expect(message).not.toMatch(/undefined|\[object|Invalid input/);
      }
    }),
    { numRuns: 200 },
  );
});

describe('one mistake is one finding: what refers to a broken thing is not to blame', () => {
  test.each<[string, Record<string, string>, string[]]>([
    [
      'a question of no kind that a rule reads',
      {
        'questions/more.yaml':
          'topic: more\ntitle: More\norder: 30\nquestions:\n  - {id: gpu, kind: maybe, ask: a, why: b}',
        'recommendations/mesh.yaml':
          'decision: mesh\nrules:\n  - {id: x, when: {gpu: yes}, favors: none, driver: cost, because: B.}',
      },
      ['unknown-value'],
    ],
    [
      'a decision without a title that another one reads',
      {
        'recommendations/registry.yaml':
          'decision: registry\ntitel: Registry\nask: Where?\nexit: Copy.\noptions: {harbor: {label: H, effort: 0}, cloud: {label: C, effort: 1}}',
        'recommendations/mesh.yaml':
          'decision: mesh\nrules:\n  - {id: x, when: {decision.registry: harbor}, favors: none, driver: cost, because: B.}',
      },
      ['missing-key', 'unknown-key'],
    ],
    [
      'an option without effort that a rule favours',
      {
        'recommendations/mesh.yaml':
          'decision: mesh\noptions: {own: {label: Own}}\nrules:\n  - {id: x, when: {cloud: aws}, favors: own, driver: cost, because: B.}',
      },
      ['missing-key'],
    ],
    [
      'a fact without a date that a rule cites',
      {
        'recommendations/facts/more.yaml':
          'facts:\n  - {id: SM-09, says: A., kind: hard, source: {url: https://example.com/, title: A, publisher: B}, review-by: 2027-01-01}',
        'recommendations/mesh.yaml':
          'decision: mesh\nrules:\n  - {id: x, when: {cloud: aws}, favors: none, strength: strong, driver: cost, because: B., facts: [SM-09]}',
      },
      ['missing-key'],
    ],
    [
      'a term that is wrong itself',
      {
        'recommendations/mesh.yaml':
          'decision: mesh\nterms: {own: {cloud: awss}}\nrules:\n  - {id: x, when: {term: own}, favors: none, driver: cost, because: B.}',
      },
      ['unknown-answer'],
    ],
    [
      'a preset with a wrong answer that a scenario starts from',
      {
        'recommendations/presets/own.yaml': 'id: own\ntitle: Own\nbecause: B.\nanswers: {cloud: awss}',
        'recommendations/scenarios/own.yaml':
          'scenarios:\n  - {id: x, because: B., preset: own, expect: {platform: serverless}}',
      },
      ['unknown-answer'],
    ],
  ])('%s', (_, files, codes) => {
    expect(
      loadWith(files)
        .diagnostics.map(({ code }) => code)
        .sort(),
    ).toEqual(codes);
  });
});
