import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellCommand, shellWord } from '../../src/files/shell.ts';
import { hostileText } from './hostile-text.ts';

const words = hostileText.map(text => text.replaceAll('\0', ''));

describe('a word in a shell script', () => {
  it('reaches the command as it is, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 40 }), texts => {
        const script = `printf '%s\\0' ${texts.map(shellWord).join(' ')}`;
        const printed = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
        expect(printed).toBe(texts.map(text => `${text}\0`).join(''));
      }),
      { numRuns: 60 },
    );
  });
  it('stays bare where the shell reads nothing into it', () => {
    expect(shellCommand('kubectl', 'apply', '-k', './clusters/prod', '--context=a b')).toBe(
      "kubectl apply -k ./clusters/prod '--context=a b'",
    );
    expect(shellWord('')).toBe("''");
    expect(shellWord('~')).toBe("'~'");
  });
  it('cannot hold a NUL character', () => {
    expect(() => shellWord('a\0b')).toThrow('NUL');
  });
});
