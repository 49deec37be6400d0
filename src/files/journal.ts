/** What a run is about to do to an existing directory, written down before it touches anything of the user's. */
import { BASE_PATH } from './base.ts';
import { LOCK_PATH, OWN_FOLDER } from './lock.ts';
import { pathProblem } from './path-rules.ts';
import { type FileProblem, fileProblem } from './problem.ts';

/** While it is there, the next run finishes what it says. */
export const JOURNAL = `${OWN_FOLDER}/journal.json`;
/** While it is there, the next run takes back what it says. */
export const UNDO = `${OWN_FOLDER}/undo.json`;
/** New contents, by number; what they replace is kept beside them as `NUMBER.old` until all is done. */
export const STAGED = `${OWN_FOLDER}/staged`;

export type JournalStep =
  | { readonly change: 'create'; readonly path: string; readonly after: string }
  | { readonly change: 'update'; readonly path: string; readonly before: string; readonly after: string }
  | { readonly change: 'remove'; readonly path: string; readonly before: string }
  /** Our own record, whatever is there now. */
  | {
      readonly change: 'lock';
      readonly path: typeof LOCK_PATH | typeof BASE_PATH;
      readonly after: string;
    };

export interface Journal {
  /** The step's place in the list is the name of its staged file. */
  readonly steps: readonly JournalStep[];
  /** Directories that did not exist before, the outer ones first. */
  readonly directories: readonly string[];
}

const FORMAT = 1;

export function writeJournal({ steps, directories }: Journal): string {
  return `${JSON.stringify({ format: FORMAT, directories, steps })}\n`;
}

/** A journal decides what is renamed and removed, so nothing in it is taken on trust. */
export function readJournal(
  text: string,
  file: string,
): { readonly journal: Journal } | { readonly problem: FileProblem } {
  const help =
    'Another version or program wrote it. Look at the directory, restore it from version control, and delete this file.';
  const damaged = {
    problem: fileProblem('damaged-journal', file, 'this record of an interrupted run cannot be read', help),
  };
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return damaged;
  }
  if (
    !isRecord(data) ||
    data.format !== FORMAT ||
    !Array.isArray(data.steps) ||
    !Array.isArray(data.directories)
  )
    return damaged;
  const { steps, directories } = data;
  return steps.every(isStep) && directories.every(isPath) ? { journal: { steps, directories } } : damaged;
}

function isStep(value: unknown): value is JournalStep {
  if (!isRecord(value) || !isPath(value.path)) return false;
  switch (value.change) {
    case 'create':
      return isHash(value.after);
    case 'update':
      return isHash(value.before) && isHash(value.after);
    case 'remove':
      return isHash(value.before);
    case 'lock':
      return isHash(value.after) && (value.path === LOCK_PATH || value.path === BASE_PATH);
    default:
      return false;
  }
}
function isPath(value: unknown): value is string {
  return typeof value === 'string' && pathProblem(value) === null;
}
function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
