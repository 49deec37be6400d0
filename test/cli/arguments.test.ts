import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/cli/arguments.ts';

describe('a command line that is wrong is told what is wrong', () => {
  test.each([
    [['decid', 'a.yaml'], 'there is no command "decid"; did you mean "decide"?'],
    [['decide'], 'ANSWERS is missing'],
    [['decide', 'a.yaml', 'b.yaml'], '"b.yaml" is one argument too many'],
    [['decide', 'a.yaml', '--jsn'], 'there is no flag --jsn here; did you mean --json?'],
    [['decide', 'a.yaml', '--only', 'readme'], '--only is one of adr, starter, not "readme"'],
    [['decide', 'a.yaml', '--out'], "Option '--out <value>' argument missing"],
    [['--jsn'], 'there is no flag --jsn here'],
    [['--plain', 'decide'], '"decide" has to be a command and come first'],
    [['help', 'deside'], 'there is no command "deside"; did you mean "decide"?'],
  ])('%j', (argv, message) => {
    expect(parseCommandLine(argv)).toMatchObject({ kind: 'wrong', message });
  });
});

describe('a command line that is right', () => {
  test.each([
    [[], { kind: 'wizard' }],
    [['--plain'], { kind: 'wizard', flags: { plain: true } }],
    [['--version'], { kind: 'version' }],
    [['--help'], { kind: 'help', command: null }],
    [['decide', '--help'], { kind: 'help', command: { name: 'decide' } }],
    [['help', 'explain'], { kind: 'help', command: { name: 'explain' } }],
    [
      ['decide', '-', '--set', 'a=1', '--set', 'b=2', '--json'],
      {
        kind: 'command',
        command: { name: 'decide' },
        positionals: ['-'],
        flags: { set: ['a=1', 'b=2'], json: true },
      },
    ],
    [['explain', 'a.yaml'], { kind: 'command', positionals: ['a.yaml'] }],
  ])('%j', (argv, expected) => {
    expect(parseCommandLine(argv)).toMatchObject(expected);
  });
});
