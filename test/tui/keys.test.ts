import type { Key } from 'ink';
import { describe, expect, it } from 'vitest';
import { BINDINGS } from '../../src/tui/key-bindings.ts';
import { isPaste, keyPresses } from '../../src/tui/key-press.ts';
import { actionFor, bindingsOf, hintsFor } from '../../src/tui/keymap.ts';
import { MODES, TYPING } from '../../src/tui/mode.ts';

const NO_KEY = {} as Key;
const measures = { page: 7, last: 20 };

describe('key presses', () => {
  it.each<[string, string, Partial<Key>, readonly string[]]>([
    ['two characters in one piece', 'jj', {}, ['j', 'j']],
    ['a character and Enter in one piece', 'j\r', {}, ['j', 'enter']],
    ['an arrow', '', { downArrow: true }, ['down']],
    ['shift and tab', '', { tab: true, shift: true }, ['shift+tab']],
    ['control and a letter', 'w', { ctrl: true }, ['ctrl+w']],
    ['backspaces in one piece', 'a\u007f\u007f', {}, ['a', 'backspace', 'backspace']],
    ['control characters in one piece with others', 'a\u0015b', {}, ['a', 'ctrl+u', 'b']],
    ['an emoji of several code points', '👨‍👩‍👧', {}, ['👨‍👩‍👧']],
    ['a report of focus', '[I', {}, []],
    ['a report of the mouse', '[<0;10;10M', {}, []],
    ['a key let go', 'j', { eventType: 'release' }, []],
    ['alt and a letter', 'j', { meta: true }, []],
  ])('%s', (_, input, key, presses) => {
    expect(keyPresses(input, { ...NO_KEY, ...key })).toEqual(presses);
  });

  it('takes a piece with a line feed as pasted text, a lone carriage return as Enter', () => {
    expect([isPaste('a\nb'), isPaste('a\r\nb'), isPaste('\n'), isPaste('a\r')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('the table of keys', () => {
  it.each(MODES)('gives no key two meanings: %s', mode => {
    const keys = bindingsOf(mode).flatMap(binding => binding.keys);
    expect(keys).toEqual([...new Set(keys)]);
  });

  it.each(MODES)('lets Ctrl-C leave and, unless nothing is done but wait, shows a hint: %s', mode => {
    expect(actionFor('ctrl+c', mode, measures)).toEqual({ type: 'interrupt' });
    expect(hintsFor(mode).length).toBeGreaterThan(0);
  });

  it.each(TYPING)('has no letter as a command while text is typed: %s', mode => {
    const letters = bindingsOf(mode).flatMap(({ keys }) => keys.filter(key => [...key].length === 1));
    expect(letters).toEqual([]);
    for (const letter of ['j', 'k', 'q', '?', 's', '1', '/', 'é', '漢']) {
      expect(actionFor(letter, mode, measures)).toEqual({ type: 'type', text: letter });
    }
    expect(actionFor('space', mode, measures)).toEqual({ type: 'type', text: ' ' });
  });

  it('takes digits as rows in lists and as text in numbers', () => {
    expect(actionFor('3', 'choice', measures)).toEqual({ type: 'pick', row: 2 });
    expect(actionFor('3', 'number', measures)).toEqual({ type: 'type', text: '3' });
    expect(actionFor('3', 'decision', measures)).toBeNull();
  });

  it('scrolls by what the screen measures', () => {
    expect(actionFor('page-down', 'reading', measures)).toEqual({ type: 'scroll', by: 7, last: 20 });
    expect(actionFor('G', 'reading', measures)).toEqual({ type: 'scroll', by: 20, last: 20 });
  });

  it('does nothing for a key that it does not know', () => {
    expect(['f5', 'left', 'z'].map(key => actionFor(key, 'done', measures))).toEqual([null, null, null]);
  });

  it('says in a sentence what each key does', () => {
    for (const { says } of BINDINGS) expect(says).toMatch(/^[A-Z].*\.$/);
  });
});
