/** From the command line to a checked run: catalogue, engine, answers. What is wrong was said; then only an exit code is left. */
import type { Catalogue, Id } from '../content/catalogue.ts';
import type { Project } from '../content/project.ts';
import { type AnswersFile, parseAnswers } from '../answers/parse.ts';
import { applySet } from '../answers/set.ts';
import { type Engine, createEngine } from '../engine/compile.ts';
import type { Input } from '../engine/decide.ts';
import type { FlagValues } from './arguments.ts';
import { readCatalogue } from './catalogue-source.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { say, sayDiagnostics } from './output.ts';
import { readText } from './read-text.ts';
import { today } from './today.ts';

export interface Run {
  readonly catalogue: Catalogue;
  readonly engine: Engine;
  readonly input: Input;
  readonly project: Project;
  /** The answers file as read, for writing it back with its comments. */
  readonly file: AnswersFile;
  /** The answers that `--set` changed. */
  readonly changed: ReadonlyMap<Id, unknown>;
}

const list = (value: FlagValues[string]): readonly string[] => (Array.isArray(value) ? value : []);

export async function readRun(source: string, flags: FlagValues): Promise<Run | ExitCode> {
  const { catalogue, diagnostics } = await readCatalogue(list(flags.pack));
  if (catalogue === null) {
    sayDiagnostics(diagnostics);
    return EXIT.badInput;
  }
  return readAnswers(catalogue, source, flags);
}
