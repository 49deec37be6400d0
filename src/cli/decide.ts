/** `chartroom decide`: the recommendation, and with --out the repository that follows from it. */
import { rewriteAnswers } from '../answers/rewrite.ts';
import { OWN_FOLDER } from '../files/lock.ts';
import type { FlagValues } from './arguments.ts';
import { decisionJson } from './decision-json.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { print, printJson, say } from './output.ts';
import { decideAll, produceRepository } from './produce.ts';
import { type Run, readRun } from './read-run.ts';
import { reportText } from './report.ts';
import { textWidth } from './text.ts';
import { coversAdrs, coversAll, coversStarter, writeTree } from './write-tree.ts';

export const ANSWERS_PATH = `${OWN_FOLDER}/answers.yaml`;

export async function decide(positionals: readonly string[], flags: FlagValues): Promise<ExitCode> {
  const run = await readRun(positionals[0] ?? '-', flags);
  if (typeof run === 'number') return run;
  const { catalogue, engine, input, file } = run;
  const decision = decideAll(engine, input);
  if (flags.json === true) {
    printJson(decisionJson(decision, catalogue));
  }
  if (typeof flags.out !== 'string') {
    if (flags.json !== true) print(reportText(decision, run, textWidth()));
    return decision.exitCode;
  }
  const only = flags.only === 'adr' || flags.only === 'starter' ? flags.only : 'everything';
  const { files, notes, nextSteps } = produceRepository(catalogue, file.project, decision, only);
  const tree = new Map([...files, [ANSWERS_PATH, answersText(run)]]);
  const covers = { everything: coversAll, adr: coversAdrs, starter: coversStarter }[only];
  const existing = flags['into-existing'] === true ? 'join' : 'refuse';
  const target = { directory: flags.out, existing, covers } as const;
  const mode = flags['dry-run'] === true ? 'dry-run' : 'write';
  const code = await writeTree(tree, decision.stack, target, mode);
  if (code !== EXIT.done) return code;
  if (flags.json !== true && mode === 'write') {
    print(reportText(decision, run, textWidth()));
  }
  for (const note of notes) say(`Note: ${note}`);
  if (mode === 'write') for (const [index, step] of nextSteps.entries()) say(`${index + 1}. ${step}`);
  return decision.exitCode;
}

/** The answers file as it was given, comments and all, with the day that the output is dated with. */
function answersText({ file, input }: Run): string {
  return rewriteAnswers(file, { ...file, asOf: input.asOf, answers: input.answers });
}
