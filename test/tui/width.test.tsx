import fc from 'fast-check';
import { Box, renderToString, Text } from 'ink';
import { describe, expect, it } from 'vitest';
import { cut, fill, visiblePart, widthOf } from '../../src/tui/width.ts';

const ROOM = 60;
/** What Ink takes a text to be wide: the space it leaves before a text at the right edge. */
function widthInInk(text: string): number {
  const line = renderToString(
    <Box width={ROOM} justifyContent="flex-end">
      <Text>{`|${text}|`}</Text>
    </Box>,
    { columns: ROOM },
  );
  return ROOM - line.indexOf('|') - 2;
}

describe('the width of text', () => {
  it.each([
    'abc',
    '漢字',
    '한국어',
    'ｆｕｌｌ',
    '👨‍👩‍👧',
    '👍🏽',
    '🇩🇪',
    '❤️',
    '⚠',
    'e\u0301',
    '❯●○▸✓█░─│…',
    '１２',
    '你好, world',
  ])('is what Ink takes it to be: %s', text => {
    expect(widthOf(text)).toBe(widthInInk(text));
  });

  it('is what Ink takes it to be, for text of the scripts that users write in', () => {
    const letters = fc.oneof(
      fc.integer({ min: 0x20, max: 0x7e }),
      fc.integer({ min: 0xa1, max: 0x24f }).filter(code => code !== 0xad),
      fc.integer({ min: 0x391, max: 0x3a1 }),
      fc.integer({ min: 0x410, max: 0x44f }),
      fc.integer({ min: 0x5d0, max: 0x5ea }),
      fc.integer({ min: 0x3041, max: 0x3096 }),
      fc.integer({ min: 0x4e00, max: 0x9fff }),
      fc.integer({ min: 0xac00, max: 0xd7a3 }),
    );
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 12 }), codes => {
        const text = `x${String.fromCodePoint(...codes)}x`;
        expect(widthOf(text)).toBe(widthInInk(text));
      }),
      { numRuns: 60 },
    );
  });

  it('cuts and fills to a width without halving a character', () => {
    expect([cut('漢字かな', 5), cut('abc', 3), cut('abc', 0)]).toEqual(['漢字…', 'abc', '']);
    expect([fill('漢', 4), widthOf(fill('漢字かな', 6))]).toEqual(['漢  ', 6]);
  });

  it('keeps the caret of a long text in view', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.integer({ min: 4, max: 12 }),
        (text, width) => {
          const end = visiblePart(text, text.length, width);
          expect(end.caret).toBeLessThan(width);
          expect(widthOf(end.text)).toBeLessThanOrEqual(width);
          expect(text.endsWith(end.text)).toBe(true);
          expect(visiblePart(text, 0, width).caret).toBe(0);
        },
      ),
    );
  });
});
