/** Parses the command line against the command table. */
import { parseArgs } from 'node:util';
import { nearest } from '../content/nearest.ts';
import { COMMANDS, type Command, type Flag, WIZARD_FLAGS } from './commands.ts';

export type FlagValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
export type Parsed =
  | { readonly kind: 'help'; readonly command: Command | null }
  | { readonly kind: 'version' }
  | { readonly kind: 'wizard'; readonly flags: FlagValues }
  | {
      readonly kind: 'command';
      readonly command: Command;
      readonly positionals: readonly string[];
      readonly flags: FlagValues;
    }
  /** `command` is the one whose help fits, if any. */
  | { readonly kind: 'wrong'; readonly message: string; readonly command: Command | null };

export function parseCommandLine(argv: readonly string[]): Parsed {
  const [first, ...rest] = argv;
  if (first === '--version' || first === '-V' || first === 'version') return { kind: 'version' };
  if (first === 'help') return helpFor(rest[0]);
  if (first === undefined || first.startsWith('-')) return parseWizard(argv);
  const command = COMMANDS.find(one => one.name === first);
  if (command === undefined) return wrong(`there is no command "${first}"${didYouMean(first)}`, null);
  return parseCommand(command, rest);
}

function helpFor(name: string | undefined): Parsed {
  if (name === undefined) return { kind: 'help', command: null };
  const command = COMMANDS.find(one => one.name === name);
  if (command === undefined) return wrong(`there is no command "${name}"${didYouMean(name)}`, null);
  return { kind: 'help', command };
}

function parseWizard(argv: readonly string[]): Parsed {
  const parsed = parse(argv, WIZARD_FLAGS);
  if (typeof parsed === 'string') return wrong(parsed, null);
  if (parsed.values.help === true) return { kind: 'help', command: null };
  if (parsed.values.version === true) return { kind: 'version' };
  if (parsed.positionals.length > 0)
    return wrong(`"${parsed.positionals[0]}" has to be a command and come first`, null);
  return { kind: 'wizard', flags: parsed.values };
}

function parseCommand(command: Command, argv: readonly string[]): Parsed {
  const parsed = parse(argv, command.flags);
  if (typeof parsed === 'string') return wrong(parsed, command);
  if (parsed.values.help === true) return { kind: 'help', command };
  const required = command.arguments.filter(name => !name.startsWith('['));
  const missing = required[parsed.positionals.length];
  if (missing !== undefined) return wrong(`${missing} is missing`, command);
  const extra = parsed.positionals[command.arguments.length];
  if (extra !== undefined) return wrong(`"${extra}" is one argument too many`, command);
  return { kind: 'command', command, positionals: parsed.positionals, flags: parsed.values };
}

/** The values, or what is wrong in one line. */
function parse(
  argv: readonly string[],
  flags: Readonly<Record<string, Flag>>,
): string | { values: FlagValues; positionals: readonly string[] } {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [
      name,
      { type: flag.type, multiple: flag.multiple ?? false },
    ]),
  );
  const all = {
    ...options,
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'V' },
  } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: all,
      allowPositionals: true,
      strict: true,
    });
    for (const [name, flag] of Object.entries(flags)) {
      const value = (values as FlagValues)[name];
      if (flag.of !== undefined && typeof value === 'string' && !flag.of.includes(value)) {
        return `--${name} is one of ${flag.of.join(', ')}, not "${value}"`;
      }
    }
    return { values: values as FlagValues, positionals };
  } catch (error) {
    return parseError(error, Object.keys(all));
  }
}

function parseError(error: unknown, names: readonly string[]): string {
  if (!(error instanceof TypeError) || !('code' in error)) throw error;
  const unknown = /Unknown option '(-[^']*)'/.exec(error.message)?.[1];
  if (unknown === undefined) return error.message.split('. ')[0] ?? error.message;
  const near = nearest(unknown.replace(/^-+/, ''), names);
  return `there is no flag ${unknown} here${near === null ? '' : `; did you mean --${near}?`}`;
}

function didYouMean(word: string): string {
  const near = nearest(
    word,
    COMMANDS.map(command => command.name),
  );
  return near === null ? '' : `; did you mean "${near}"?`;
}

const wrong = (message: string, command: Command | null): Parsed => ({ kind: 'wrong', message, command });
