/** `chartroom check`: is the answers file right, and can its answers hold together? Writes nothing. */
import type { FlagValues } from './arguments.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { decisionOf } from './names.ts';
import { print, printJson } from './output.ts';
import { decideAll } from './produce.ts';
import { readRun } from './read-run.ts';

export async function check(positionals: readonly string[], flags: FlagValues): Promise<ExitCode> {
  const run = await readRun(positionals[0] ?? '-', flags);
  if (typeof run === 'number') return run;
  const { stack, exitCode } = decideAll(run.engine, run.input);
  const impossible = stack.outcomes
    .filter(outcome => outcome.status === 'impossible')
    .map(one => one.decision);
  if (flags.json === true) {
    printJson({
      chartroom: 1,
      'as-of': stack.asOf,
      answered: run.input.answers.size,
      assumed: stack.assumed,
      impossible,
    });
    return exitCode;
  }
  if (exitCode === EXIT.conflict) {
    const titles = impossible.map(id => decisionOf(run.catalogue, id).title);
    print(
      titles.length > 0
        ? `These answers cannot hold together: nothing is left for ${titles.join(', ')}.`
        : 'A pin goes against what cannot be built.',
    );
    return exitCode;
  }
  print(`The answers are right: ${run.input.answers.size} given, ${stack.assumed.length} assumed.`);
  return EXIT.done;
}
