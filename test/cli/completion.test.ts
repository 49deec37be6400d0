import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { completionScript } from '../../src/cli/completion.ts';

/** What bash would offer after these words, with the script loaded in a real bash. */
function offered(words: readonly string[]): string[] {
  const list = words.map(word => `'${word}'`).join(' ');
  const script = `${completionScript('bash')}\nCOMP_WORDS=(${list})\nCOMP_CWORD=${words.length - 1}\n_chartroom\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
  const run = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  return run.stdout.split('\n').filter(line => line !== '');
}

describe('completion in bash', () => {
  test.each([
    ['the commands', ['chartroom', ''], COMMANDS.map(command => command.name)],
    ['a command that was begun', ['chartroom', 'dec'], ['decide']],
    ['the flags of a command', ['chartroom', 'decide', 'a.yaml', '--o'], ['--out', '--only']],
    ['the values of a flag', ['chartroom', 'decide', 'a.yaml', '--only', ''], ['adr', 'starter']],
    ['what a command takes', ['chartroom', 'schema', 'd'], ['decisions']],
    ['files for an answers file', ['chartroom', 'check', 'LICEN'], ['LICENSE']],
  ])('offers %s', (_, words, expected) => {
    expect(offered(words)).toEqual(expect.arrayContaining(expected));
  });
});

test.each(['bash', 'zsh', 'fish'] as const)('%s completion knows every command and flag', shell => {
  const script = completionScript(shell);
  for (const command of COMMANDS) {
    expect(script).toContain(command.name);
    for (const flag of Object.keys(command.flags))
      expect(script).toContain(shell === 'fish' ? `-l ${flag}` : `--${flag}`);
  }
});
