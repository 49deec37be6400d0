/** What of the records can be seen in the repository itself: checks that need no tool, no account and no cluster. */
import type { Id } from '../../content/catalogue.ts';
import { shellCommand, shellWord } from '../../files/shell.ts';
import type { FileTree } from '../../files/tree.ts';
import { DEFAULTS, recordFolder } from '../headline.ts';
import type { Check, StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';

/** A record with the checks that belong to it, in the order of their numbers. */
export interface RecordChecks {
  readonly decision: Id;
  /** `ADR-0004`, and where it is. */
  readonly record: string;
  readonly path: string;
  readonly checks: readonly Check[];
}

/** `declared` are the checks of the modules: those that read files alone are taken over. */
export function decisionChecks(
  input: StarterInput,
  tree: FileTree,
  declared: readonly Check[],
): readonly RecordChecks[] {
  const decisions = [...input.stack.outcomes.map(({ decision }) => decision), DEFAULTS];
  const made = [...tree]
    .filter(([path]) => MADE.test(path))
    .map(([path, text]) => [path, text.slice(0, 300)] as const);
  const plain = [...declared.filter(readsFilesAlone), ...ownChecks(input, tree)];
  return decisions
    .flatMap((decision): readonly (RecordChecks & { readonly number: number })[] => {
      const link = input.adrOf(decision);
      if (link === null) return [];
      const record = `ADR-${String(link.number).padStart(4, '0')}`;
      const own = plain.filter(check => check.decision === decision);
      const checks = own.length > 0 ? own : presence(decision, record, made);
      const path = `${recordFolder(input)}/${link.path}`;
      return checks.length === 0 ? [] : [{ decision, record, path, checks, number: link.number }];
    })
    .sort((a, b) => a.number - b.number);
}

/** Whether the command reads files of the repository and needs nothing else. */
export function readsFilesAlone({ command }: Pick<Check, 'command'>): boolean {
  return /^(?:! )?(?:grep|test|ls) /.test(command);
}

function ownChecks(input: StarterInput, tree: FileTree): readonly Check[] {
  return [...platformChecks(tree), ...meshChecks(input, tree), ...namespaceChecks(tree)];
}

function platformChecks(tree: FileTree): readonly Check[] {
  const clusters = folders(tree, 'clusters');
  const [first] = clusters;
  if (first === undefined) {
    return [
      {
        decision: 'platform',
        says: 'Nothing here is made for a cluster.',
        command: 'test ! -e clusters',
        path: 'infra',
      },
    ];
  }
  return [
    {
      decision: 'platform',
      says: 'The clusters that were decided on are here, and no others.',
      command: `test "$(find clusters -mindepth 1 -maxdepth 1 -type d | wc -l)" -eq ${clusters.length}`,
      path: first,
    },
  ];
}

/** Labels by which a mesh is asked for. */
const MESH_LABELS =
  'istio-injection: enabled|istio\\.io/dataplane-mode: ambient|linkerd\\.io/inject: enabled';

function meshChecks({ stack }: StarterInput, tree: FileTree): readonly Check[] {
  if (pickOf(stack, 'mesh') !== 'none' || folders(tree, 'platform').length === 0) return [];
  return [
    {
      decision: 'mesh',
      says: 'No namespace and no workload asks for a mesh.',
      command: `! grep -rqE ${shellWord(MESH_LABELS)} apps clusters platform`,
      path: 'platform/namespaces',
    },
  ];
}

function namespaceChecks(tree: FileTree): readonly Check[] {
  const files = [...tree].filter(([path]) => path.startsWith('platform/namespaces/'));
  const namespaces = files.filter(([, text]) => /^kind: Namespace$/m.test(text));
  const denied = namespaces.filter(([, text]) => /^ {2}name: default-deny$/m.test(text));
  if (namespaces.length === 0 || denied.length !== namespaces.length) return [];
  return [
    {
      decision: DEFAULTS,
      says: 'Every namespace denies all traffic by default.',
      command: `test "$(grep -rl '^kind: Namespace$' platform/namespaces | wc -l)" -eq "$(grep -rl '^  name: default-deny$' platform/namespaces | wc -l)"`,
      path: 'platform/namespaces',
    },
    {
      decision: DEFAULTS,
      says: 'No image floats: each has a version.',
      command: `! grep -rqE 'image: [^ ]+:latest' apps platform`,
      path: 'apps',
    },
  ];
}

const MADE = /^(?:apps|clusters|delivery|infra|platform|platform-config)\//;

/** The least that can be asked: what follows from the record is still there. `made` are paths with how their files begin. */
function presence(
  decision: Id,
  record: string,
  made: readonly (readonly [path: string, head: string])[],
): readonly Check[] {
  const files = made
    .filter(([, head]) => head.includes(`Follows ${record} (`))
    .map(([path]) => path)
    .sort();
  const [path] = files;
  if (path === undefined) return [];
  return [
    {
      decision,
      says: 'Every file that follows from this record is there.',
      command: shellCommand('ls', ...files),
      path,
    },
  ];
}

function folders(tree: FileTree, parent: string): readonly string[] {
  const found = new Set<string>();
  for (const path of tree.keys()) {
    const end = path.startsWith(`${parent}/`) ? path.indexOf('/', parent.length + 1) : -1;
    if (end > 0) found.add(path.slice(0, end));
  }
  return [...found].sort();
}
