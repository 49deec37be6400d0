/** `chartroom decide`: the recommendation, and with --out the repository that follows from it. */
import { join, resolve } from 'node:path';
import type { AdrHistory } from '../adr/adr-history.ts';
import { rewriteAnswers } from '../answers/rewrite.ts';
import { sha256 } from '../files/lock.ts';
import type { FlagValues } from './arguments.ts';
import { decideAll } from './decide-all.ts';
import { decisionJson } from './decision-json.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { lockHead } from './lock-head.ts';
import { print, printJson, say, sayDiagnostics } from './output.ts';
import { ANSWERS_PATH, ATTRIBUTES, ATTRIBUTES_PATH, covers } from './output-paths.ts';
import { type Run, readRun } from './read-run.ts';
import { reportText } from './report.ts';
import { storedLock } from './stored-lock.ts';
import { profileOfRun } from './stored-profile.ts';
import { rangesToStore, storedRanges } from './stored-ranges.ts';
import { textWidth } from './text.ts';
import { manyClusters, tooManyClusters } from './too-many-clusters.ts';

export async function decide(positionals: readonly string[], flags: FlagValues): Promise<ExitCode> {
  const run = await readRun(positionals[0] ?? '-', flags);
  if (typeof run === 'number') return run;
  const { catalogue, engine, input, file } = run;
  const decision = decideAll(engine, input, file.project.network);
  const asJson = flags.json === true;
  if (typeof flags.out !== 'string') {
    if (asJson) printJson(decisionJson(decision, catalogue));
    else print(reportText(decision, run, textWidth()));
    return decision.exitCode;
  }
  const only = flags.only === 'adr' || flags.only === 'starter' ? flags.only : 'everything';
  const tooMany = only === 'adr' ? null : await tooManyClusters(run, decision);
  if (tooMany !== null) {
    sayDiagnostics([tooMany]);
    return EXIT.badInput;
  }
  const stored = join(flags.out, ANSWERS_PATH);
  const isStored = positionals[0] !== undefined && resolve(positionals[0]) === resolve(stored);
  const { produceRepository } = await import('./produce.ts');
  const { writeDecided } = await import('./write-decided.ts');
  const lock = storedLock(flags.out);
  const { profile, note } = profileOfRun(flags.profile, lock);
  const kept = { profile, ranges: storedRanges(lock) };
  const produce = (history: AdrHistory) => {
    const repository = produceRepository(catalogue, file.project, decision, only, history, kept);
    const own = [
      [ANSWERS_PATH, answersText(run)],
      [ATTRIBUTES_PATH, ATTRIBUTES],
    ] as const;
    return {
      ...repository,
      tree: new Map([...repository.files, ...own]),
      head: {
        ...lockHead(catalogue, input, file.project, repository.memory),
        ...(only === 'adr' ? {} : { profile }),
        ...rangesToStore(repository.ranges),
      },
      covers: covers(only, history.folder),
      // The answers were read from here: what was edited in them is in ours already.
      known: new Map([
        ...repository.known,
        ...(isStored ? [[ANSWERS_PATH, sha256(file.text)] as const] : []),
      ]),
    };
  };
  const { output, written, code } = await writeDecided(produce, flags.out, 'repository', flags, {
    decision,
    catalogue,
  });
  if (code !== EXIT.done && code !== EXIT.differs) return code;
  if (!asJson && written) print(reportText(decision, run, textWidth()));
  const many = only === 'adr' ? null : await manyClusters(run, decision);
  for (const each of [many, note, ...(output?.notes ?? [])]) if (each !== null) say(`Note: ${each}`);
  if (written) for (const [index, step] of (output?.nextSteps ?? []).entries()) say(`${index + 1}. ${step}`);
  if (output?.refused === true) return EXIT.conflict;
  return decision.exitCode === EXIT.done ? code : decision.exitCode;
}

/** The answers file as it was given, comments and all, with the day that the output is dated with. */
function answersText({ file, input }: Run): string {
  if (input.asOf === file.asOf && input.answers === file.answers) return file.text;
  return rewriteAnswers(file, { ...file, asOf: input.asOf, answers: input.answers });
}
