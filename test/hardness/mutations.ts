/** Real texts, damaged as people, editors, merges and attackers damage them. */

import fc from 'fast-check';
import { anyCharacter } from '../any-character.ts';

const PIECES = [
  '__proto__', 'constructor', 'prototype', 'toString', '{__proto__: {polluted: yes}}', '&a [*a]', '*a', '!!js/function', '<<: *a', '${{ x }}', '${x}', '{{ x }}',
  '"', "'", '`', '\\', '|', '>', '#', ': ', ':', '- ', '-', '? ', ',', '[', ']', '{', '}', '%YAML 1.1', '---', '...', '\n', '\r\n', '\n\n', '\t', ' ', '  ',
  '\u0000', '\u001b[2J', '\u202e', '\ufeff', '\ud800', '\u{1f469}\u200d\u{1f680}', '1e999', '-1', '0', '99999999999999999999', '0x10', '.nan', 'null', 'true', 'yes', 'unsure', '~',
  'aws', 'cloud', 'answers', 'project', 'pins', 'choose', '../../../etc/passwd', '/etc/passwd', 'con', 'a'.repeat(300), '['.repeat(80), '- '.repeat(80), ' '.repeat(500),
] as const; // biome-ignore format: a table of pieces

export const piece = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter, maxLength: 5 }) },
);

type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;
const damage = fc.record({
  kind: fc.constantFrom('insert', 'delete', 'replace', 'repeat', 'cut', 'swap'),
  at: fc.nat(10_000),
  length: fc.nat(60),
  piece,
});

/** One of these texts with one to four damages. */
export const damaged = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...texts), fc.array(damage, { minLength: 1, maxLength: 4 }))
    .map(([text, damages]) => damages.reduce(apply, text));

function apply(text: string, { kind, at, length, piece: added }: Damage): string {
  const start = at % (text.length + 1);
  const [before, span, after] = [
    text.slice(0, start),
    text.slice(start, start + length),
    text.slice(start + length),
  ];
  switch (kind) {
    case 'insert':
      return before + added + span + after;
    case 'delete':
      return before + after;
    case 'replace':
      return before + added + after;
    case 'repeat':
      return before + span + span + after;
    case 'cut':
      return before;
    default:
      return after + span + before;
  }
}
