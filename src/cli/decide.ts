/** `chartroom decide`: the recommendation, and with --out the repository that follows from it. */
import { rewriteAnswers } from '../answers/rewrite.ts';
import type { FlagValues } from './arguments.ts';
import { decisionJson } from './decision-json.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { lockHead } from './lock-head.ts';
import { print, printJson, say } from './output.ts';
import {
  ANSWERS_PATH,
  ATTRIBUTES,
  ATTRIBUTES_PATH,
  coversAdrs,
  coversAll,
  coversStarter,
} from './output-paths.ts';
import { planJson } from './plan-json.ts';
import { decideAll, produceRepository } from './produce.ts';
import { type Run, readRun } from './read-run.ts';
import { reportText } from './report.ts';
import { textWidth } from './text.ts';
import { type Target, writeTree } from './write-tree.ts';

export async function decide(positionals: readonly string[], flags: FlagValues): Promise<ExitCode> {
  const run = await readRun(positionals[0] ?? '-', flags);
  if (typeof run === 'number') return run;
  const { catalogue, engine, input, file } = run;
  const decision = decideAll(engine, input);
  const asJson = flags.json === true;
  if (typeof flags.out !== 'string') {
    if (asJson) printJson(decisionJson(decision, catalogue));
    else print(reportText(decision, run, textWidth()));
    return decision.exitCode;
  }
  const only = flags.only === 'adr' || flags.only === 'starter' ? flags.only : 'everything';
  const { files, notes, nextSteps } = produceRepository(catalogue, file.project, decision, only);
  const output = {
    tree: new Map([...files, [ANSWERS_PATH, answersText(run)], [ATTRIBUTES_PATH, ATTRIBUTES]]),
    head: lockHead(catalogue, input, file.project),
    covers: { everything: coversAll, adr: coversAdrs, starter: coversStarter }[only],
  };
  const mode = flags['dry-run'] === true ? 'dry-run' : 'write';
  const { plan, written, code } = await writeTree(
    output,
    targetOf(flags.out, flags),
    mode,
    asJson ? say : print,
  );
  if (asJson) printJson({ ...decisionJson(decision, catalogue), plan: planJson(plan, written, []) });
  if (code !== EXIT.done && code !== EXIT.differs) return code;
  if (!asJson && written) print(reportText(decision, run, textWidth()));
  for (const note of notes) say(`Note: ${note}`);
  if (written) for (const [index, step] of nextSteps.entries()) say(`${index + 1}. ${step}`);
  return decision.exitCode === EXIT.done ? code : decision.exitCode;
}

/** Where and how `decide` and `adr` were told to write. */
export function targetOf(directory: string, flags: FlagValues): Target {
  return {
    directory,
    existing: flags['into-existing'] === true ? 'join' : 'refuse',
    edited: flags.edited === 'beside' ? 'beside' : 'merge',
  };
}

/** The answers file as it was given, comments and all, with the day that the output is dated with. */
function answersText({ file, input }: Run): string {
  return rewriteAnswers(file, { ...file, asOf: input.asOf, answers: input.answers });
}
