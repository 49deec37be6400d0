/** `chartroom review`: whether what was decided still stands by the knowledge of today, and the repository as it was written. */
import { compareDecisions } from '../adr/compare-decisions.ts';
import { decisionsJson } from '../adr/decisions-json.ts';
import { decisionsOf, type StoredDecisions } from '../adr/stored-decisions.ts';
import type { Catalogue } from '../content/catalogue.ts';
import { createEngine } from '../engine/compile.ts';
import { decide } from '../engine/decide.ts';
import type { FlagValues } from './arguments.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { print, printJson, say } from './output.ts';
import { flagDay, readCatalogueOrSay } from './read-run.ts';
import { dueRecords, endedSupport, factFindings } from './review-age.ts';
import { fileFindings } from './review-files.ts';
import { isQuiet, type Review } from './review-report.ts';
import { reviewJson, reviewText } from './review-text.ts';
import { readStoredInput, readStoredRun, type StoredRun } from './stored-run.ts';
import { today } from './today.ts';

export async function review(positionals: readonly string[], flags: FlagValues): Promise<ExitCode> {
  const day = flagDay(flags);
  if (day === null) return EXIT.badInput;
  const asOf = day ?? today();
  const catalogue = await readCatalogueOrSay(flags);
  if (catalogue === null) return EXIT.badInput;
  const run = readStoredRun(positionals[0] ?? '.');
  if (run === null || !hasPacks(run, catalogue)) return EXIT.badInput;
  const given = readStoredInput(run, catalogue, asOf);
  if (given === null) return EXIT.badInput;
  const stack = decide(createEngine(catalogue), given.input);
  const now = storedForm(decisionsJson(stack, catalogue, []));
  const found: Review = {
    name: given.name,
    asOf,
    decided: { asOf: run.decisions['as-of'], knowledge: run.decisions.knowledge },
    knowledge: catalogue.digest,
    counts: { decisions: run.decisions.decisions.length, files: run.lock.files.size },
    ...compareDecisions(run.decisions, now),
    facts: factFindings(run.decisions, catalogue, asOf),
    ended: endedSupport(run.decisions, now, asOf),
    due: dueRecords(run.folder, asOf),
    files: fileFindings(run),
  };
  if (flags.json === true) printJson(reviewJson(found));
  else print(reviewText(found));
  return isQuiet(found) ? EXIT.done : EXIT.differs;
}

/** Decisions of a pack cannot be looked at without it. */
function hasPacks({ decisions }: StoredRun, catalogue: Catalogue): boolean {
  const missing = decisions.packs.filter(({ name }) => !catalogue.packs.some(pack => pack.name === name));
  for (const { name, version } of missing) {
    say(`These decisions were taken with the pack ${name} ${version}; name its folder with --pack.`);
  }
  return missing.length === 0;
}

function storedForm(data: unknown): StoredDecisions {
  const read = decisionsOf(JSON.parse(JSON.stringify(data)));
  if (read === null) throw new Error('decisions.json of today is not what a review reads');
  return read;
}
