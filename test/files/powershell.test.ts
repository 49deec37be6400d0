import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { powershellComment, powershellString } from '../../src/files/powershell.ts';
import { hostileText } from './hostile-text.ts';

const texts = hostileText.map(text => text.replaceAll('\0', ''));

/** What PowerShell makes of such an expression: literals in single quotes and characters by their number, added up. */
function read(code: string): string {
  const parts = /^\((.*)\)$/.exec(code)?.[1] ?? code;
  const part = /'((?:[^']|'')*)'|\[char\]::ConvertFromUtf32\((\d+)\)/y;
  let text = '';
  let at = 0;
  while (at < parts.length) {
    part.lastIndex = at;
    const found = part.exec(parts);
    if (found === null) throw new Error(`PowerShell does not read ${parts.slice(at)}`);
    text += found[1] === undefined ? String.fromCodePoint(Number(found[2])) : found[1].replaceAll("''", "'");
    at = part.lastIndex;
    if (parts.startsWith(' + ', at)) at += 3;
  }
  return text;
}

describe('a text in a script of PowerShell', () => {
  it('comes out as it is, whatever the text, and is written in ASCII alone', () => {
    fc.assert(
      fc.property(texts, text => {
        const code = powershellString(text);
        expect(code).toMatch(/^[ -~]*$/);
        expect(read(code)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
  it.each([
    ["it's", "'it''s'"],
    ['$(Remove-Item C:\\) `n "', "'$(Remove-Item C:\\) `n \"'"],
    ['a\u2019; calc.exe', "('a' + [char]::ConvertFromUtf32(8217) + '; calc.exe')"],
    ['\u00fcber', "('' + [char]::ConvertFromUtf32(252) + 'ber')"],
    ['', "''"],
  ])('%s is %s', (text, code) => {
    expect(powershellString(text)).toBe(code);
  });
  it('cannot hold a NUL character', () => {
    expect(() => powershellString('a\0b')).toThrow('NUL');
  });
});

describe('a comment in a script of PowerShell', () => {
  it('stays one, whatever the text', () => {
    fc.assert(
      fc.property(texts, text => {
        expect(powershellComment(text)).toMatch(/^#[ -~]*(?:\n#[ -~]*)*$/);
      }),
      { numRuns: 300 },
    );
    expect(powershellComment('one\u2028two\n#> Remove-Item')).toBe('# one?two\n# #> Remove-Item');
  });
});
