/** `chartroom answers`: an annotated answers file to start from, or the questions as JSON. */
import { writeFileSync } from 'node:fs';
import { answersTemplate } from '../answers/template.ts';
import type { Catalogue } from '../content/catalogue.ts';
import { nearest } from '../content/nearest.ts';
import { systemProblem } from '../files/problem.ts';
import type { FlagValues } from './arguments.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { printJson, printRaw, say } from './output.ts';
import { problemText } from './plan-text.ts';
import { questionsJson } from './questions-json.ts';
import { flagDay, readCatalogueOrSay } from './read-run.ts';
import { today } from './today.ts';

export async function answers(_: readonly string[], flags: FlagValues): Promise<ExitCode> {
  const asOf = flagDay(flags);
  if (asOf === null) return EXIT.badInput;
  const catalogue = await readCatalogueOrSay(flags);
  if (catalogue === null) return EXIT.badInput;
  if (flags.json === true) {
    printJson(questionsJson(catalogue));
    return EXIT.done;
  }
  const preset = presetOf(catalogue, flags);
  if (preset === undefined) return EXIT.badInput;
  const text = answersTemplate(catalogue, { asOf: asOf ?? today(), preset });
  if (typeof flags.out !== 'string') {
    printRaw(text);
    return EXIT.done;
  }
  return writeNewFile(flags.out, text);
}

/** Null where none was asked for, undefined after saying that there is no such preset. */
function presetOf(catalogue: Catalogue, flags: FlagValues) {
  if (typeof flags.preset !== 'string') return null;
  const preset = catalogue.presets.find(({ id }) => id === flags.preset);
  if (preset !== undefined) return preset;
  const ids = catalogue.presets.map(({ id }) => id);
  const near = nearest(flags.preset, ids);
  say(`chartroom: there is no preset "${flags.preset}"${near === null ? '' : `; did you mean "${near}"?`}`);
  say(`  It is one of: ${ids.join(', ')}.`);
  return undefined;
}

/** A file that is there already is never overwritten. */
function writeNewFile(file: string, text: string): ExitCode {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    say(problemText(systemProblem(error, file)));
    return EXIT.badInput;
  }
  say(`${file}: written. Edit it, then: chartroom decide ${file} --out DIR`);
  return EXIT.done;
}
