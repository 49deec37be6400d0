import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  characters,
  draftOf,
  editText,
  isPlain,
  type TextDraft,
  type TextEdit,
} from '../../src/questionnaire/text-draft.ts';

const left: TextEdit = { type: 'caret', to: 'left' };
const before: TextEdit = { type: 'erase', what: 'before' };
const after: TextEdit = { type: 'erase', what: 'after' };

function edited(text: string, ...edits: readonly TextEdit[]): TextDraft {
  return edits.reduce(editText, draftOf(text));
}

describe('typing text', () => {
  it.each<[string, TextDraft, string]>([
    ['erases a family emoji as the one character it looks like', edited('a👨‍👩‍👧', before), 'a'],
    ['erases a letter with its accent', edited('cafe\u0301', before), 'caf'],
    ['erases the character under the caret', edited('漢字', left, after), '漢'],
    [
      'erases the last word with the space before the caret',
      edited('one two ', { type: 'erase', what: 'word' }),
      'one ',
    ],
    ['types in the middle', edited('ac', left, { type: 'type', text: 'b' }), 'abc'],
    ['turns pasted lines into one', edited('', { type: 'type', text: 'a\r\nb\tc' }), 'a b c'],
    ['drops control characters', edited('', { type: 'type', text: 'a\u001b[31mb\u0007' }), 'a[31mb'],
    ['does nothing at the start', edited('a', { type: 'caret', to: 'start' }, before, left), 'a'],
  ])('%s', (_, draft, text) => {
    expect(draft.text).toBe(text);
  });

  it('never puts the caret inside a character', () => {
    const edit = fc.oneof(
      fc.record({ type: fc.constant('type' as const), text: fc.string({ unit: 'grapheme', maxLength: 4 }) }),
      fc.record({
        type: fc.constant('erase' as const),
        what: fc.constantFrom('before', 'after', 'word', 'all'),
      }),
      fc.record({
        type: fc.constant('caret' as const),
        to: fc.constantFrom('left', 'right', 'start', 'end'),
      }),
    ) as fc.Arbitrary<TextEdit>;
    const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 20 }), edits => {
        const { text, caret } = edited('', ...edits);
        const borders = [...segments.segment(text)].map(({ index }) => index);
        expect([...borders, text.length]).toContain(caret);
      }),
    );
  });
});

const plain = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(isPlain);

it('plain characters are one character each, as Intl has it', () => {
  const intl = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  expect(plain.length).toBeGreaterThan(900);
  for (const text of [plain.join(''), plain.toReversed().join('')])
    expect(characters(text)).toEqual([...intl.segment(text)].map(({ segment }) => segment));
});
