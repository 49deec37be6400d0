/** From the command line to a checked run: catalogue, engine, answers. What is wrong is said here; then only an exit code is left. */
import { type AnswersFile, isDay } from '../answers/answers-file.ts';
import { parseAnswers } from '../answers/parse.ts';
import { applySet } from '../answers/set.ts';
import { type Catalogue, type Day, UNSURE } from '../content/catalogue.ts';
import { askedQuestions } from '../engine/asked.ts';
import { createEngine } from '../engine/compile.ts';
import type { Input } from '../engine/decide.ts';
import type { Engine } from '../engine/model.ts';
import type { FlagValues } from './arguments.ts';
import { readCatalogue } from './catalogue-source.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { implied } from './implied.ts';
import { say, sayDiagnostics } from './output.ts';
import { readText } from './read-text.ts';
import { today } from './today.ts';

export interface Run {
  readonly catalogue: Catalogue;
  readonly engine: Engine;
  readonly input: Input;
  /** As it was read, without what `--set` and `--as-of` change. */
  readonly file: AnswersFile;
  /** What the file is called in messages. */
  readonly place: string;
}

export async function readRun(source: string, flags: FlagValues): Promise<Run | ExitCode> {
  const dayGiven = flagDay(flags);
  if (dayGiven === null) return EXIT.badInput;
  const catalogue = await readCatalogueOrSay(flags);
  if (catalogue === null) return EXIT.badInput;
  const read = readText(source);
  if ('problem' in read) {
    sayDiagnostics([read.problem]);
    return EXIT.badInput;
  }
  const parsed = parseAnswers(read.text, read.name, catalogue);
  const { answers, diagnostics } = applySet(
    parsed.file?.answers ?? new Map(),
    flagList(flags.set),
    catalogue,
  );
  const problems = [...parsed.diagnostics, ...diagnostics];
  if (problems.length > 0) {
    sayDiagnostics(problems);
    return EXIT.badInput;
  }
  const missing = parsed.missingRequired.filter(id => !answers.has(id));
  if (parsed.file === null || missing.length > 0) {
    say(`Required and not answered: ${missing.join(', ')}.`);
    say('Add them to the answers file, or start one with: chartroom answers');
    return EXIT.unanswered;
  }
  const engine = createEngine(catalogue);
  const asOf = dayGiven ?? parsed.file.asOf ?? today();
  sayUnanswered(engine, answers);
  for (const { says } of implied(engine, answers)) say(says);
  const input = { answers, pins: parsed.file.pins, asOf };
  return { catalogue, engine, input, file: parsed.file, place: read.name };
}

/** The catalogue with the packs of the command line, or null after saying what is wrong with it. */
export async function readCatalogueOrSay(flags: FlagValues): Promise<Catalogue | null> {
  const { catalogue, diagnostics } = await readCatalogue(flagList(flags.pack));
  if (catalogue === null) sayDiagnostics(diagnostics);
  return catalogue;
}

/** `--as-of`: undefined where it is not given, null after saying that it is no day. */
export function flagDay(flags: FlagValues): Day | null | undefined {
  const value = flags['as-of'];
  if (typeof value !== 'string') return undefined;
  if (isDay(value)) return value;
  say(`chartroom: --as-of takes a day such as 2026-11-20, not "${value}"`);
  return null;
}

export const flagList = (value: FlagValues[string]): readonly string[] => (Array.isArray(value) ? value : []);

function sayUnanswered(engine: Engine, answers: Input['answers']): void {
  const open = askedQuestions(engine, answers).filter(id => (answers.get(id) ?? UNSURE) === UNSURE);
  if (open.length > 0) say(`Taken as unsure, the safe side is assumed: ${open.join(', ')}.`);
}
