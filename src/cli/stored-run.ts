/** What an earlier run left in a directory: lock file, answers and decisions. What is wrong is said here. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDecisions, type StoredDecisions } from '../adr/stored-decisions.ts';
import { parseAnswers } from '../answers/parse.ts';
import type { Catalogue } from '../content/catalogue.ts';
import type { Input } from '../engine/decide.ts';
import type { DirectoryState } from '../files/directory-state.ts';
import { LOCK_PATH, type Lock } from '../files/lock.ts';
import { readDirectory } from '../files/read-directory.ts';
import { writeYaml } from '../files/yaml.ts';
import { type AdrFolder, findAdrFolder } from './adr-folder.ts';
import { say, sayDiagnostics } from './output.ts';
import { ANSWERS_PATH } from './output-paths.ts';
import { problemText } from './plan-text.ts';

export interface StoredRun {
  readonly state: DirectoryState;
  readonly lock: Lock;
  readonly folder: AdrFolder;
  readonly decisions: StoredDecisions;
}

/** Null after saying why nothing can be reviewed here. */
export function readStoredRun(directory: string): StoredRun | null {
  const folder = findAdrFolder(directory);
  const reading = readDirectory(folder?.root ?? directory, []);
  if ('problems' in reading) return refuse(reading.problems.map(problemText).join('\n'));
  const { state } = reading;
  if (state.lock === null || folder === null) {
    return refuse(`${directory}: there is no ${LOCK_PATH}, so nothing here was written by Chartroom`);
  }
  if (state.unfinished) {
    return refuse(
      `${directory}: an earlier run was interrupted here; run chartroom decide again, which finishes it or takes it back`,
    );
  }
  const path = join(folder.folder, 'decisions.json');
  const file = join(folder.root, path);
  const decisions = existsSync(file) ? readDecisions(readFileSync(file, 'utf8')) : null;
  if (decisions === null) {
    return refuse(`${path}: what was decided cannot be read; restore the file from version control`);
  }
  return { state, lock: state.lock, folder, decisions };
}

/** The answers as they are now, for the knowledge of today; null after saying what does not fit. */
export function readStoredInput(
  { lock, folder }: StoredRun,
  catalogue: Catalogue,
  asOf: string,
): { readonly input: Input; readonly name: string } | null {
  const file = join(folder.root, ANSWERS_PATH);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : lockedAnswers(lock);
  const parsed = parseAnswers(text, existsSync(file) ? ANSWERS_PATH : LOCK_PATH, catalogue);
  if (parsed.file === null || parsed.diagnostics.length > 0) {
    sayDiagnostics(parsed.diagnostics);
    return refuse(
      'The stored answers do not fit the knowledge of today; mend them there, and run chartroom decide again.',
    );
  }
  const { answers, pins, project } = parsed.file;
  return { input: { answers, pins, asOf }, name: project.name };
}

/** `chartroom adr` keeps no answers file; its lock file has them. */
function lockedAnswers({ answers, pins }: Lock): string {
  return writeYaml([{ chartroom: 1, project: { name: 'records' }, answers, pins }]);
}

function refuse(message: string): null {
  say(message);
  return null;
}
