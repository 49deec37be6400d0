/** Help texts, made from the command table. */
import { COMMANDS, type Command, type Flag, WIZARD_FLAGS } from './commands.ts';

const EXITS =
  'Exit codes: 0 done, 1 our fault, 2 bad usage or input, 3 conflict, 4 differs, 5 required answers missing, 130 interrupted.';

export function generalHelp(): string {
  const width = Math.max(...COMMANDS.map(command => command.name.length));
  return [
    'chartroom: decide whether to run Kubernetes at all and, if so, how.',
    '',
    'Usage:',
    '  chartroom                      ask in the terminal, then write',
    '  chartroom COMMAND …            without prompts',
    '',
    'Commands:',
    ...COMMANDS.map(command => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    'Flags:',
    ...flagLines({
      ...WIZARD_FLAGS,
      help: { type: 'boolean', help: 'this text; after a command, its help' },
      version: { type: 'boolean', help: 'the version' },
    }),
    '',
    'Start here:',
    '  chartroom',
    '  chartroom answers --preset startup --out answers.yaml',
    '  chartroom decide answers.yaml --out ./platform',
    '',
    EXITS,
    '',
  ].join('\n');
}

export function commandHelp(command: Command): string {
  const flags = Object.keys(command.flags).length === 0 ? [] : ['', 'Flags:', ...flagLines(command.flags)];
  return [
    `${command.summary}.`,
    '',
    'Usage:',
    `  ${usage(command)}`,
    ...(command.arguments.includes('ANSWERS')
      ? ['', 'ANSWERS is a YAML file, or - for standard input.']
      : []),
    ...flags,
    '',
    'Examples:',
    ...command.examples.map(example => `  ${example}`),
    '',
  ].join('\n');
}

export function usage(command: Command): string {
  const flags = Object.keys(command.flags).length === 0 ? [] : ['[FLAGS]'];
  return ['chartroom', command.name, ...command.arguments, ...flags].join(' ');
}

function flagLines(flags: Readonly<Record<string, Flag>>): string[] {
  const names = Object.entries(flags).map(([name, flag]) =>
    flag.value ? `--${name} ${flag.value}` : `--${name}`,
  );
  const width = Math.max(...names.map(name => name.length));
  return Object.values(flags).map((flag, index) => {
    const values = flag.of === undefined ? '' : ` (${flag.of.join(', ')})`;
    return `  ${names[index]?.padEnd(width)}  ${flag.help}${values}`;
  });
}
