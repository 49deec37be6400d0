import { describe, expect, it } from 'vitest';
import { glyphsFor } from '../../src/tui/glyphs.ts';
import { wantsPlain, whyNoWizard } from '../../src/tui/terminal-check.ts';

const tty = { isTTY: true };

describe('whether the wizard can run', () => {
  it.each([
    ['in a terminal', {}, tty, tty, null],
    ['in a terminal of a pipeline run', { CI: 'true' }, tty, tty, null],
    ['with piped input', {}, {}, tty, /input is not a terminal/],
    ['with piped output', {}, tty, {}, /output is not a terminal/],
    ['in a terminal that cannot redraw', { TERM: 'dumb' }, tty, tty, /cannot redraw/],
  ])('%s', (_, env, stdin, stdout, why) => {
    const reason = whyNoWizard(env, stdin, stdout);
    if (why === null) expect(reason).toBeNull();
    else expect(reason).toMatch(why);
  });

  it('asks in linear prompts for a screen reader', () => {
    expect([wantsPlain({ INK_SCREEN_READER: 'true' }), wantsPlain({})]).toEqual([true, false]);
  });

  it('draws with ASCII where the terminal has nothing else', () => {
    expect(glyphsFor({ TERM: 'linux', LANG: 'C.UTF-8' }).cursor).toBe('>');
    expect(glyphsFor({ LANG: 'de_DE.ISO-8859-1' }).cursor).toBe('>');
    expect(glyphsFor({ LANG: 'de_DE.UTF-8' }).cursor).toBe('❯');
    expect(glyphsFor({ LC_ALL: '', LANG: 'en_US.utf8' }).cursor).toBe('❯');
  });
});
