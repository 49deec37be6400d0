/** From a run to the files that follow from it. Shared by `decide`, `adr` and the wizard, so all three write the same bytes. */
import { numberAdrs } from '../adr/number.ts';
import { type AdrFormat, writeAdrs } from '../adr/write.ts';
import type { Catalogue, Id } from '../content/catalogue.ts';
import type { Project } from '../content/project.ts';
import { type Conflict, fixes } from '../engine/conflicts.ts';
import { decide, type Input } from '../engine/decide.ts';
import { flips } from '../engine/flips.ts';
import type { Engine } from '../engine/model.ts';
import type { Flip, Outcome, Stack } from '../engine/outcome.ts';
import { type FileTree, mergeTrees } from '../files/tree.ts';
import { generateStarter } from '../starter/generate.ts';
import { EXIT } from './exit-codes.ts';

const ADR_FOLDER = 'docs/adr';

export interface Decision {
  readonly stack: Stack;
  readonly flips: readonly Flip[];
  /** What cannot hold together, with fixes; empty where all is well. */
  readonly conflicts: readonly Conflict[];
  readonly exitCode: 0 | 3;
}
export interface Repository {
  readonly files: FileTree;
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
): Repository {
  const { stack } = decision;
  const numbers = numberAdrs(stack, catalogue);
  const wantsStarter = only !== 'adr' && decision.exitCode === EXIT.done;
  const adrOf = (id: Id) => {
    const link = numbers.get(id);
    return link === undefined ? null : { number: link.number, path: link.path };
  };
  const starter = wantsStarter ? generateStarter({ stack, catalogue, project, adrOf }) : null;
  const adrs =
    only === 'starter'
      ? new Map()
      : inFolder(produceAdrs(catalogue, project, decision, starter?.checks ?? []));
  const conflict = only !== 'adr' && !wantsStarter;
  return {
    files: mergeTrees(adrs, starter?.files ?? new Map()),
    notes: [
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
  { stack, flips: found }: Decision,
  checks: Parameters<typeof writeAdrs>[0]['checks'],
  format: AdrFormat = 'madr',
): FileTree {
  const numbers = numberAdrs(stack, catalogue);
  return writeAdrs({ stack, catalogue, project, flips: found, numbers, checks }, format);
}

const inFolder = (tree: FileTree): FileTree =>
  new Map([...tree].map(([path, text]) => [`${ADR_FOLDER}/${path}`, text]));
