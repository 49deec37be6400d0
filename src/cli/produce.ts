/** From a run to the files that follow from it. Shared by `decide`, `adr` and the wizard, so all three write the same bytes. */
import { type AdrHistory, type AdrSet, continueRecords } from '../adr/continue.ts';
import { writeMemory } from '../adr/record-memory.ts';
import { writeAdrs } from '../adr/write.ts';
import type { Catalogue, Id } from '../content/catalogue.ts';
import type { Project } from '../content/project.ts';
import { type Conflict, fixes } from '../engine/conflicts.ts';
import { decide, type Input } from '../engine/decide.ts';
import { flips } from '../engine/flips.ts';
import type { Engine } from '../engine/model.ts';
import type { Flip, Outcome, Stack } from '../engine/outcome.ts';
import { type LockData, sha256 } from '../files/lock.ts';
import { type FileTree, mergeTrees } from '../files/tree.ts';
import { generateStarter } from '../starter/generate.ts';
import { EXIT } from './exit-codes.ts';
import { NO_HISTORY } from './history.ts';

export interface Decision {
  readonly stack: Stack;
  readonly flips: readonly Flip[];
  /** What cannot hold together, with fixes; empty where all is well. */
  readonly conflicts: readonly Conflict[];
  readonly exitCode: 0 | 3;
}
/** The records of a run as files, and what is known about them. */
export interface Records {
  readonly files: FileTree;
  /** Texts that were made from what is there, with its SHA-256. */
  readonly known: ReadonlyMap<string, string>;
  /** From the output directory; empty where that is the folder itself. */
  readonly folder: string;
  readonly numbers: AdrSet['numbers'];
  /** For the lock file. */
  readonly memory: LockData;
}
export interface Repository extends Records {
  /** Sentences on what was left out and why. */
  readonly notes: readonly string[];
  readonly nextSteps: readonly string[];
}

export function decideAll(engine: Engine, input: Input): Decision {
  const stack = decide(engine, input);
  const isConflicting = stack.outcomes.some(isConflict);
  let found: readonly Flip[] | null = null;
  return {
    stack,
    // A printed report shows none: looked for only where they are asked for.
    get flips() {
      found ??= flips(engine, input, 1);
      return found;
    },
    conflicts: isConflicting ? fixes(engine, input) : [],
    exitCode: isConflicting ? EXIT.conflict : EXIT.done,
  };
}

/** Nothing is possible, or a pin goes against what the thing itself refuses: ADRs are written, a starter is not. */
function isConflict(outcome: Outcome): boolean {
  if (outcome.status === 'impossible') return true;
  return outcome.status === 'decided' && outcome.pinned?.against?.kind === 'impossible';
}

/** The whole repository or one half of it, with paths from its root. */
export function produceRepository(
  catalogue: Catalogue,
  project: Project,
  decision: Decision,
  only: 'everything' | 'adr' | 'starter',
  history: AdrHistory = NO_HISTORY,
): Repository {
  const { stack } = decision;
  const set = continueRecords(stack, catalogue, history);
  const wantsStarter = only !== 'adr' && decision.exitCode === EXIT.done;
  const adrOf = (id: Id) => {
    const link = set.numbers.get(id);
    return link === undefined ? null : { number: link.number, path: link.path };
  };
  const adrFolder = history.folder;
  const starter = wantsStarter ? generateStarter({ stack, catalogue, project, adrOf, adrFolder }) : null;
  const records = recordsOf(catalogue, project, decision, starter?.checks ?? [], history, set);
  const conflict = only !== 'adr' && !wantsStarter;
  return {
    ...records,
    files: mergeTrees(only === 'starter' ? new Map() : records.files, starter?.files ?? new Map()),
    notes: [
      ...set.notes,
      ...(conflict ? ['No starter is written for a stack that cannot be built as decided.'] : []),
      ...(starter?.notGenerated ?? []).map(one => one.because),
    ],
    nextSteps: starter?.nextSteps ?? [],
  };
}

/** The ADR folder alone. */
export function produceAdrs(
  catalogue: Catalogue,
  project: Project,
  decision: Decision,
  history: AdrHistory,
): Records & Pick<Repository, 'notes'> {
  const set = continueRecords(decision.stack, catalogue, history);
  return { ...recordsOf(catalogue, project, decision, [], history, set), notes: set.notes };
}

function recordsOf(
  catalogue: Catalogue,
  project: Project,
  { stack, flips: found }: Decision,
  checks: Parameters<typeof writeAdrs>[0]['checks'],
  { folder, form, files }: AdrHistory,
  set: AdrSet,
): Records {
  const written = writeAdrs({ stack, catalogue, project, flips: found, checks, ...set }, form);
  const tree = new Map([...written, ...set.kept]);
  for (const path of set.linked) tree.delete(path);
  const at = (path: string): string => (folder === '' ? path : `${folder}/${path}`);
  return {
    files: new Map([...tree].map(([path, text]) => [at(path), text])),
    known: new Map([...set.kept.keys()].map(path => [at(path), sha256(files.get(path) ?? '')])),
    folder,
    numbers: set.numbers,
    memory: writeMemory(set.memory),
  };
}
