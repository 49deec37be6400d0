/** The starter repository of a stack: what can be generated, and a README that says what cannot. */
import { type FileTree, mergeTrees } from '../files/tree.ts';
import { clusterHalf } from './cluster-half.ts';
import { DEFAULTS } from './headline.ts';
import type { MissingPart } from './module.ts';
import type { Check, StarterInput, StarterPart } from './part.ts';
import { pickOf } from './picks.ts';
import { commonFiles } from './repository/common-files.ts';
import { decisionChecks, type RecordChecks, readsFilesAlone } from './repository/decision-checks.ts';
import { type DraftPart, placeholdersIn, placeholdersPage } from './repository/placeholders.ts';
import { readme } from './repository/readme.ts';
import { REVIEW_PLACEHOLDERS } from './repository/review-workflow.ts';
import { checkCommand } from './repository/scripts/check-decisions.ts';
import { SECURITY_PLACEHOLDERS } from './repository/security.ts';
import { sideBySide } from './repository/side-by-side.ts';
import { serverlessPart } from './serverless.ts';
import type { KnownRanges } from './topology/ranges.ts';

export interface Starter extends StarterPart {
  /** Parts of the stack that have no files yet. */
  readonly notGenerated: readonly MissingPart[];
  /** True where a limit of the chosen service forbids what the answers ask for. */
  readonly refused: boolean;
  /** Addresses of its clusters, by their names. */
  readonly ranges: KnownRanges;
}

export function generateStarter(input: StarterInput): Starter {
  const serverless = serverlessPart(input);
  const cluster = pickOf(input.stack, 'control-plane') === null ? NO_CLUSTER : clusterHalf(input);
  const parts =
    serverless.part !== null && cluster.part !== null
      ? [sideBySide(input, serverless.part, cluster.part)]
      : [serverless.part, cluster.part].filter(part => part !== null);
  const notGenerated = [...serverless.missing, ...cluster.missing, ...plainHosts(input)];
  return { ...whole(input, parts, notGenerated), refused: serverless.refused, ranges: cluster.ranges };
}

const NO_CLUSTER = { part: null, missing: [], ranges: new Map() } as const;

/** Hosts differ too much from each other for a repository that fits them. */
function plainHosts({ stack }: StarterInput): readonly MissingPart[] {
  if (pickOf(stack, 'platform') !== 'plain-hosts') return [];
  return [
    {
      decision: 'platform',
      pick: 'plain-hosts',
      because:
        'Containers on hosts of your own get records and no repository. What it would hold is yours to write: images of the hosts and how they are rebuilt, the unit or Compose file of each container, the load balancer before them, firewall rules, certificates, backups and alerts.',
    },
  ];
}

function whole(
  input: StarterInput,
  parts: readonly DraftPart[],
  notGenerated: readonly MissingPart[],
): Omit<Starter, 'refused' | 'ranges'> {
  const generated = mergeTrees(...parts.map(({ files }) => files));
  const checks = parts.flatMap(part => part.checks).map(check => recorded(input, check));
  const inRepository = decisionChecks(input, generated, checks);
  const common = parts.length === 0 ? new Map<string, string>() : commonFiles(input, generated, inRepository);
  const tree = mergeTrees(generated, common);
  const nextSteps = parts.flatMap(part => part.nextSteps);
  const pages: FileTree = new Map([['README.md', readme(input, { tree, notGenerated, nextSteps })]]);
  const declared = [
    ...parts.flatMap(part => part.placeholders),
    ...SECURITY_PLACEHOLDERS,
    ...REVIEW_PLACEHOLDERS,
  ];
  const placeholders = placeholdersIn(mergeTrees(tree, pages), declared);
  const list =
    placeholders.length === 0 ? [] : [['PLACEHOLDERS.md', placeholdersPage(input, placeholders)] as const];
  return {
    files: mergeTrees(tree, pages, new Map(list)),
    placeholders,
    checks:
      parts.length === 0
        ? []
        : [...byScript(inRepository), ...checks.filter(check => !readsFilesAlone(check))],
    nextSteps,
    notGenerated,
  };
}

/** A person and the pipeline run the same script. */
function byScript(records: readonly RecordChecks[]): readonly Check[] {
  return records.flatMap(({ decision, checks }) =>
    checks.map(check => ({ ...check, command: checkCommand(decision) })),
  );
}

/** A check of what has no record of its own belongs to the record of the defaults. */
function recorded({ adrOf }: StarterInput, check: Check): Check {
  return adrOf(check.decision) === null ? { ...check, decision: DEFAULTS } : check;
}
