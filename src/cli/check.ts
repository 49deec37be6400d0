/** `chartroom check`: is the answers file right, and can its answers hold together? Writes nothing. */
import type { FlagValues } from './arguments.ts';
import { conflictText } from './conflict-text.ts';
import { decideAll } from './decide-all.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { implied } from './implied.ts';
import { print, printJson } from './output.ts';
import { readRun } from './read-run.ts';
import { textWidth } from './text.ts';

export async function check(positionals: readonly string[], flags: FlagValues): Promise<ExitCode> {
  const run = await readRun(positionals[0] ?? '-', flags);
  if (typeof run === 'number') return run;
  const { stack, conflicts, exitCode } = decideAll(run.engine, run.input);
  if (flags.json === true) {
    const answered = run.input.answers.size;
    const suggested = implied(run.engine, run.input.answers).map(
      ({ question, suggestion: { answer, because, facts } }) => ({
        question: question.id,
        answer,
        because,
        facts,
      }),
    );
    printJson({ chartroom: 1, 'as-of': stack.asOf, answered, assumed: stack.assumed, suggested, conflicts });
    return exitCode;
  }
  if (exitCode === EXIT.conflict) {
    print(conflicts.map(one => conflictText(one, run.input, run.catalogue, textWidth())).join('\n\n'));
    return exitCode;
  }
  print(`The answers are right: ${run.input.answers.size} given, ${stack.assumed.length} assumed.`);
  return EXIT.done;
}
