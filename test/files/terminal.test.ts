import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forTerminal, forTerminalLine } from '../../src/files/terminal.ts';
import { hostileText } from './hostile-text.ts';

describe('text on a terminal', () => {
  it.each([
    ['\u001b[31mred', '\\x1b[31mred'],
    ['\u009b2J', '\\x9b2J'],
    ['\u001b]0;title\u0007', '\\x1b]0;title\\x07'],
    ['a\rb', 'a\\x0db'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['zero\u200bwidth', 'zero\\u{200b}width'],
    ['line\nnext\ttab', 'line\nnext\ttab'],
    ['漢字 é \u{1f680}', '漢字 é \u{1f680}'],
  ])('shows %j as it can be seen', (text, expected) => {
    expect(forTerminal(text)).toBe(expected);
  });

  it('never holds a character that steers the terminal', () => {
    fc.assert(
      fc.property(hostileText, text => {
        expect(forTerminal(text)).not.toMatch(
          /[\0-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/,
        );
        expect(forTerminalLine(text)).not.toMatch(/[\n\t]/);
      }),
    );
  });
});
