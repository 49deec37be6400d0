/** From a command's name to the function that carries it out: of all but `decide`. */

import { adr } from './adr.ts';
import { answers } from './answers.ts';
import type { FlagValues } from './arguments.ts';
import { check } from './check.ts';
import { completion } from './completion.ts';
import { diff } from './diff.ts';
import type { ExitCode } from './exit-codes.ts';
import { explain } from './explain.ts';
import { lint } from './lint.ts';
import { review } from './review.ts';
import { schema } from './schema.ts';
import { status } from './status.ts';

type Run = (positionals: readonly string[], flags: FlagValues) => Promise<ExitCode>;
const RUN: Readonly<Record<string, Run>> = {
  adr,
  explain,
  answers,
  check,
  diff,
  review,
  status,
  lint,
  schema,
  completion,
};

export function runCommand(
  name: string,
  positionals: readonly string[],
  flags: FlagValues,
): Promise<ExitCode> {
  const run = RUN[name];
  if (run === undefined) throw new Error(`command ${name} is in the table but nothing carries it out`);
  return run(positionals, flags);
}
