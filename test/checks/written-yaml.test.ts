/** What the fast reader reads of YAML, the library reads as well, under both versions of the language. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { root } from '../cli/run.ts';
import { readWritten } from './written-yaml.ts';
import { partsOf } from './yaml-files.ts';

const golden = join(root, 'test/golden');
const PARTS = [
  ...new Set(
    readdirSync(golden, { recursive: true, encoding: 'utf8' })
      .filter(file => /\.ya?ml$/.test(file) && !file.includes('.github'))
      .flatMap(file => partsOf(readFileSync(join(golden, file), 'utf8'))),
  ),
];
const SHORT = PARTS.filter(part => part.length < 1000);

/** What the library says, with its mistakes. */
function byLibrary(text: string, version: '1.1' | '1.2') {
  const documents = parseAllDocuments(text, { version, strict: true, uniqueKeys: true });
  return documents.map(document => (document.errors.length > 0 ? 'mistakes' : (document.toJS() as unknown)));
}

test('nearly everything in the golden trees is read, and as the library reads it', () => {
  let read = 0;
  for (const part of PARTS) {
    const value = readWritten(part);
    if (value === undefined) continue;
    read++;
    expect([value], part).toStrictEqual(byLibrary(part, '1.1'));
  }
  expect(PARTS.length).toBeGreaterThan(1500);
  expect(read / PARTS.length).toBeGreaterThan(0.9);
});

/** Places count from the start, modulo the length. */
const EDIT = fc.record({
  kind: fc.constantFrom('insert', 'replace', 'remove', 'join', 'indent', 'outdent', 'twice', 'drop', 'swap'),
  place: fc.nat(),
  text: fc.oneof(
    fc.constantFrom(...' \n:#-?|>&*!%@`\'"\\{}[],~<=._/0123456789yYnNtfexXob\tä\r'),
    fc.constantFrom('- ', ': ', ' #', '\n\n', '\n \n', '|\n', '|-\n', '---\n', '...\n', '""', '<<: ', '0x1f'),
    fc.constantFrom(
      'null',
      'Yes',
      'off',
      '1e3',
      '1_0',
      '1:30',
      '0o7',
      '.5',
      '-0',
      '+1',
      '.inf',
      '2026-11-20',
    ),
    fc.string({ maxLength: 4 }),
  ),
});
type Edit = typeof EDIT extends fc.Arbitrary<infer Value> ? Value : never;

function edited(before: string, { kind, place, text }: Edit): string {
  const at = place % before.length;
  const lines = before.split('\n');
  const line = place % lines.length;
  const [own = '', next = ''] = lines.slice(line, line + 2);
  switch (kind) {
    case 'insert':
      return before.slice(0, at) + text + before.slice(at);
    case 'replace':
      return before.slice(0, at) + text + before.slice(at + 1);
    case 'remove':
      return before.slice(0, at) + before.slice(at + 1);
    case 'join':
      return lines.toSpliced(line, 2, `${own} ${next.trim()}`).join('\n');
    case 'indent':
      return lines.with(line, ` ${own}`).join('\n');
    case 'outdent':
      return lines.with(line, own.slice(1)).join('\n');
    case 'twice':
      return lines.toSpliced(line, 0, own).join('\n');
    case 'drop':
      return lines.toSpliced(line, 1).join('\n');
    case 'swap':
      return lines.toSpliced(line, 2, next, own).join('\n');
  }
}

describe('a text with mistakes', () => {
  test('is left to the library, or read as the library reads it under both versions', () => {
    let read = 0;
    const property = fc.property(
      fc.constantFrom(...SHORT),
      fc.array(EDIT, { minLength: 1, maxLength: 3 }),
      (part, edits) => {
        const text = edits.reduce((before, edit) => (before === '' ? before : edited(before, edit)), part);
        const value = readWritten(text);
        if (value === undefined) return;
        read++;
        for (const version of ['1.1', '1.2'] as const)
          expect([value]).toStrictEqual(byLibrary(text, version));
      },
    );
    const numRuns = process.env.CHARTROOM_LONG === '1' ? 100_000 : 1500;
    fc.assert(property, { numRuns });
    expect(read).toBeGreaterThan(numRuns / 5);
  });
  test.each([
    'key: yes\n',
    'key: 1e3\n',
    'key: 010\n',
    'key: 2026-11-20\n',
    'key: "\\x41"\n',
    'key: one\nkey: two\n',
    'key: one\n  two\n',
    'key: [one]\n',
    'key: &name one\n',
    'key: text # said\n',
    'key:\n',
    'key: |\n\n  late\n',
    '__proto__: one\n',
    'on: push\n',
    '- one\nkey: two\n',
    'key: one',
    '',
  ])('%j is left to the library', text => {
    expect(readWritten(text)).toBeUndefined();
  });
});
