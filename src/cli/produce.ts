/**
 * From a decision to the files that follow from it. Shared by `decide`, `adr` and the wizard, so all three write the
 * same bytes. A bundle of its own: most runs write nothing.
 */
import { posix } from 'node:path';
import type { AdrHistory } from '../adr/adr-history.ts';
import { briefPage } from '../adr/brief.ts';
import { type AdrSet, continueRecords } from '../adr/continue.ts';
import { writeMemory } from '../adr/record-memory.ts';
import { writeAdrs } from '../adr/write.ts';
import type { Catalogue, Id } from '../content/catalogue.ts';
import type { Project } from '../content/project.ts';
import type { Stack } from '../engine/outcome.ts';
import { type LockData, sha256 } from '../files/lock.ts';
import { type FileTree, mergeTrees } from '../files/tree.ts';
import { generateStarter } from '../starter/generate.ts';
import type { Profile } from '../starter/profile.ts';
import { limitsPassed } from '../starter/serverless.ts';
import type { KnownRanges, Ranges } from '../starter/topology/ranges.ts';
import type { Decision } from './decide-all.ts';
import { EXIT } from './exit-codes.ts';
import { NO_HISTORY } from './history.ts';
import { BRIEF_PATH } from './output-paths.ts';

/** The records of a run as files, and what is known about them. */
export interface Records {
  readonly files: FileTree;
  /** Texts that were made from what is there, with its SHA-256. */
  readonly known: ReadonlyMap<string, string>;
  /** From the output directory; empty where that is the folder itself. */
  readonly folder: string;
  readonly numbers: AdrSet['numbers'];
  readonly standings: AdrSet['standings'];
  /** For the lock file. */
  readonly memory: LockData;
}
export interface Repository extends Records {
  /** Sentences on what was left out and why. */
  readonly notes: readonly string[];
  readonly nextSteps: readonly string[];
  /** True where a limit of the chosen service keeps the starter from being written. */
  readonly refused: boolean;
  /** Addresses of clusters, for the lock file; those that were known where no cluster was written. */
  readonly ranges: KnownRanges;
}

/** What a directory that was written before keeps: how much of the stack, and which addresses. */
export interface Written {
  readonly profile?: Profile;
  readonly ranges?: KnownRanges;
}

/** The whole repository or one half of it, with paths from its root. */
export function produceRepository(
  catalogue: Catalogue,
  project: Project,
  decision: Decision,
  only: 'everything' | 'adr' | 'starter',
  history: AdrHistory = NO_HISTORY,
  { profile = 'full', ranges = new Map() }: Written = {},
): Repository {
  const { stack } = decision;
  const set = continueRecords(stack, catalogue, history);
  const wantsStarter = only !== 'adr' && decision.exitCode === EXIT.done;
  const adrOf = (id: Id) => {
    const link = set.numbers.get(id);
    return link === undefined ? null : { number: link.number, path: link.path };
  };
  const adrFolder = history.folder;
  const starter = wantsStarter
    ? generateStarter({ stack, catalogue, project, adrOf, adrFolder, profile, ranges })
    : null;
  const records = recordsOf(catalogue, project, decision, starter?.checks ?? [], history, set);
  const brief = briefPage(
    { stack, catalogue, project, flips: decision.flips, numbers: set.numbers },
    posix.relative(posix.dirname(BRIEF_PATH), adrFolder) || '.',
  );
  const conflict = only !== 'adr' && !wantsStarter;
  return {
    ...records,
    files: mergeTrees(
      only === 'starter' ? new Map() : withBrief(records, brief),
      starter?.files ?? new Map(),
    ),
    notes: [
      ...set.notes,
      ...(conflict
        ? ['No starter is written for a stack that cannot be built as decided.', ...refusals(stack)]
        : []),
      ...(starter?.notGenerated ?? []).map(one => one.because),
      ...moved(ranges, starter?.ranges ?? new Map()),
    ],
    nextSteps: starter?.nextSteps ?? [],
    refused: starter?.refused ?? false,
    ranges: starter === null || starter.ranges.size === 0 ? ranges : starter.ranges,
  };
}

/** A network that stands keeps its addresses, whatever is written. */
function moved(before: KnownRanges, after: KnownRanges): readonly string[] {
  return [...after].flatMap(([name, ranges]) => {
    const was = written(before.get(name) ?? ranges);
    const now = written(ranges);
    if (was === now) return [];
    return [
      `The addresses of ${name} were ${was} and are ${now} now. A network that stands cannot take others: give project.network room for all clusters, or build that one anew.`,
    ];
  });
}

function written({ vpcCidr, serviceCidr, podCidr }: Ranges): string {
  const pods = podCidr === undefined ? '' : `, ${podCidr} for pods`;
  return `${vpcCidr}${pods} and ${serviceCidr} for Services`;
}

/** What a pin goes against, by rule and fact, and the limit of a serverless service by its name. */
function refusals(stack: Stack): readonly string[] {
  const against = stack.outcomes.flatMap(outcome =>
    outcome.status === 'decided' && outcome.pinned?.against?.kind === 'impossible'
      ? [`${outcome.pinned.against.because}${cited(outcome.pinned.against.facts)}`]
      : [],
  );
  return [...against, ...limitsPassed(stack).map(({ because }) => because)];
}

const cited = (facts: readonly string[]) => (facts.length === 0 ? '' : ` [${facts.join(', ')}]`);

function withBrief({ files }: Records, brief: string): FileTree {
  return new Map([...files, [BRIEF_PATH, brief]]);
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
  { stack, flips: found, figures }: Decision,
  checks: Parameters<typeof writeAdrs>[0]['checks'],
  { folder, form, files }: AdrHistory,
  set: AdrSet,
): Records {
  const written = writeAdrs({ stack, catalogue, project, flips: found, checks, figures, ...set }, form);
  const tree = new Map([...written, ...set.kept]);
  for (const path of set.linked) tree.delete(path);
  const at = (path: string): string => (folder === '' ? path : `${folder}/${path}`);
  return {
    files: new Map([...tree].map(([path, text]) => [at(path), text])),
    known: new Map([...set.kept.keys()].map(path => [at(path), sha256(files.get(path) ?? '')])),
    folder,
    numbers: set.numbers,
    standings: set.standings,
    memory: writeMemory(set.memory),
  };
}
