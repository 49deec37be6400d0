import { version } from '../../package.json';
import { parseCommandLine } from '../../src/cli/arguments.ts';
import { giveCatalogue } from '../../src/cli/catalogue-source.ts';
import { decide } from '../../src/cli/decide.ts';
import { listen } from '../../src/cli/output.ts';
import { runCommand } from '../../src/cli/run-command.ts';
import type { Resolved } from '../../src/content/resolve.ts';
import { shippedCatalogue, shippedContent } from '../content/shipped.ts';
import type { Result } from './run.ts';

/** As the program itself reads it. */
const shipped: Resolved = {
  ...shippedContent,
  catalogue: { ...shippedCatalogue, packs: shippedCatalogue.packs.map(pack => ({ ...pack, version })) },
};

/** Runs a command in this process, since one of its own costs more than the command; gives its exit code and what it said. */
export async function said(
  command: () => Promise<number>,
  content: Resolved = shipped,
): Promise<[number, string]> {
  const { code, texts } = await heard(command, content);
  return [code, texts.map(({ text }) => text).join('')];
}

/** A command line in this process, with what came of it as a process of its own would give it. */
export async function chartroomHere(args: readonly string[]): Promise<Result> {
  const parsed = parseCommandLine(args);
  if (parsed.kind !== 'command') throw new Error(`${args.join(' ')} is no command`);
  const { command, positionals, flags } = parsed;
  const { code, texts } = await heard(
    () =>
      command.name === 'decide' ? decide(positionals, flags) : runCommand(command.name, positionals, flags),
    shipped,
  );
  const on = (stream: Heard['stream']) =>
    texts
      .filter(one => one.stream === stream)
      .map(({ text }) => text)
      .join('');
  return { code, stdout: on('stdout'), stderr: on('stderr') };
}

interface Heard {
  readonly text: string;
  readonly stream: 'stdout' | 'stderr';
}

async function heard(command: () => Promise<number>, content: Resolved) {
  const texts: Heard[] = [];
  listen((text, stream) => void texts.push({ text, stream }));
  giveCatalogue(content);
  try {
    return { code: await command(), texts };
  } finally {
    listen(null);
    giveCatalogue(null);
  }
}
