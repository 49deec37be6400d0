/** Completion scripts for bash, zsh and fish, made from the command table. */

import { COMMANDS, type Command, WIZARD_FLAGS } from './commands.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { printRaw, say } from './output.ts';

export async function completion(positionals: readonly string[]): Promise<ExitCode> {
  const shell = SHELLS.find(one => one === positionals[0]);
  if (shell === undefined) {
    say(`chartroom: completion is there for ${SHELLS.join(', ')}`);
    return EXIT.badInput;
  }
  printRaw(completionScript(shell));
  return EXIT.done;
}
const SHELLS = ['bash', 'zsh', 'fish'] as const;

export function completionScript(shell: 'bash' | 'zsh' | 'fish'): string {
  if (shell === 'bash') return bash();
  return shell === 'zsh' ? zsh() : fish();
}

const flagsOf = (command: Command) => Object.keys(command.flags).map(name => `--${name}`);
const topFlags = [...Object.keys(WIZARD_FLAGS), 'help', 'version'].map(name => `--${name}`);

function bash(): string {
  const cases = COMMANDS.map(command => {
    const words =
      typeof command.takes === 'string' ? flagsOf(command) : [...command.takes, ...flagsOf(command)];
    const files = command.takes === 'file' ? ' COMPREPLY+=($(compgen -f -- "$current"));' : '';
    return `    ${command.name}) COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$current"));${files} ;;`;
  });
  const values = valueFlags().map(
    ([name, of]) =>
      `    --${name}) COMPREPLY=($(compgen ${of === null ? '-f' : `-W '${of.join(' ')}'`} -- "$current")); return ;;`,
  );
  return `# bash completion for chartroom: source <(chartroom completion bash)
_chartroom() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  case "$previous" in
${values.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${[...COMMANDS.map(command => command.name), ...topFlags].join(' ')}' -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
}
complete -o filenames -F _chartroom chartroom
`;
}

function zsh(): string {
  const cases = COMMANDS.map(command => {
    const first =
      command.takes === 'file'
        ? `'1:answers:_files'`
        : command.takes === 'nothing'
          ? ''
          : `'1:what:(${command.takes.join(' ')})'`;
    const flags = Object.entries(command.flags).map(([name, flag]) => {
      const value =
        flag.type === 'boolean'
          ? ''
          : `:${flag.value}:${flag.of === undefined ? '_files' : `(${flag.of.join(' ')})`}`;
      return `'${flag.multiple ? '*' : ''}--${name}[${zshText(flag.help)}]${value}'`;
    });
    return `      ${command.name}) _arguments ${[first, ...flags].filter(Boolean).join(' ')} ;;`;
  });
  return `#compdef chartroom
# zsh completion for chartroom: chartroom completion zsh > "\${fpath[1]}/_chartroom"
_chartroom() {
  local -a commands
  commands=(${COMMANDS.map(command => `'${command.name}:${zshText(command.summary)}'`).join(' ')})
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    _arguments ${topFlags.map(flag => `'${flag}'`).join(' ')}
    return
  fi
  local command="$words[2]"
  shift words; (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
_chartroom "$@"
`;
}

function fish(): string {
  const lines = COMMANDS.flatMap(command => {
    const here = `-n '__fish_seen_subcommand_from ${command.name}'`;
    const first =
      typeof command.takes === 'string'
        ? []
        : [`complete -c chartroom ${here} -f -a '${command.takes.join(' ')}'`];
    const flags = Object.entries(command.flags).map(([name, flag]) => {
      const value =
        flag.type === 'boolean' ? '' : flag.of === undefined ? ' -r' : ` -x -a '${flag.of.join(' ')}'`;
      return `complete -c chartroom ${here} -l ${name}${value} -d '${fishText(flag.help)}'`;
    });
    return [
      `complete -c chartroom -n __fish_use_subcommand -f -a ${command.name} -d '${fishText(command.summary)}'`,
      ...first,
      ...flags,
    ];
  });
  return ['# fish completion for chartroom: chartroom completion fish | source', ...lines, ''].join('\n');
}

/** Flags that take a value, with the values they take or null for files. */
function valueFlags(): [string, readonly string[] | null][] {
  const found = new Map<string, readonly string[] | null>();
  for (const command of COMMANDS) {
    for (const [name, flag] of Object.entries(command.flags)) {
      if (flag.type === 'string') found.set(name, flag.of ?? null);
    }
  }
  return [...found];
}

const zshText = (text: string) => text.replace(/['[\]:\\]/g, ' ');
const fishText = (text: string) => text.replace(/['\\]/g, '\\$&');
