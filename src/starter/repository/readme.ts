/** README.md: what was decided, what is here, what is not, and how to begin. */
import type { Id } from '../../content/catalogue.ts';
import {
  markdownCell,
  markdownCode,
  markdownLink,
  markdownRow,
  markdownText,
  markdownWithCode,
} from '../../files/markdown.ts';
import type { FileTree } from '../../files/tree.ts';
import { missingFirewall } from '../edge/missing-firewall.ts';
import { recordFolder, recordOf } from '../headline.ts';
import type { MissingPart } from '../module.ts';
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';
import { hasFolder } from './common-files.ts';

interface ReadmeFacts {
  /** All files but this page and the list of placeholders. */
  readonly tree: FileTree;
  readonly notGenerated: readonly MissingPart[];
  readonly nextSteps: readonly string[];
}

export function readme(input: StarterInput, facts: ReadmeFacts): string {
  const sections = [
    `# ${markdownText(`Platform of ${input.project.name}`)}`,
    'What was decided, why, and what would change the answer stands in the records below; the files follow from them, and each one opens with the record that it follows from.',
    section('Decisions', decisions(input)),
    ...(facts.notGenerated.length === 0 ? [] : [section('Not generated yet', missing(input, facts))]),
    ...(facts.tree.size === 0 ? [] : [section('What is here', folders(facts.tree))]),
    ...(facts.nextSteps.length === 0 ? [] : [section('How to begin', numbered(facts.nextSteps))]),
    ...(facts.tree.has(TEARDOWN)
      ? [
          section(
            'How to end',
            `In order, so that nothing is left that nobody finds and everybody pays for: ${markdownLink('taking a cluster down', TEARDOWN)}.`,
          ),
        ]
      : []),
    ...(hasFolder(facts.tree, 'clusters') && later(input).length > 0
      ? [
          section(
            'Not part of it yet',
            `A platform needs more than this repository brings. Add these parts before you rely on them:\n\n${later(input).join('\n')}`,
          ),
        ]
      : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

const TEARDOWN = 'docs/runbooks/teardown.md';

function section(title: string, text: string): string {
  return `## ${title}\n\n${text}`;
}

function decisions(input: StarterInput): string {
  const rows = input.stack.outcomes.flatMap(outcome => {
    if (outcome.status !== 'decided') return [];
    const decision = input.catalogue.decisions.find(({ id }) => id === outcome.decision);
    const option = decision?.options.find(({ id }) => id === outcome.pick);
    const record = recordOf(input, outcome.decision);
    return [
      markdownRow([
        markdownCell(decision?.title ?? outcome.decision),
        markdownCell(option?.label ?? outcome.pick),
        record === null ? '-' : markdownLink(record.number, record.path),
      ]),
    ];
  });
  const table = [markdownRow(['Decision', 'Chosen', 'Record']), markdownRow(['---', '---', '---']), ...rows];
  const defaults = recordOf(input, 'platform-defaults');
  return defaults === null
    ? table.join('\n')
    : `${table.join('\n')}\n\nWhat is no choice but a default stands in ${markdownLink(defaults.number, defaults.path)}; the others are listed in ${markdownLink('the index', `${recordFolder(input)}/index.md`)}.`;
}

function missing(input: StarterInput, { tree, notGenerated }: ReadmeFacts): string {
  const label = ({ decision, pick }: MissingPart): string => {
    const known = input.catalogue.decisions.find(({ id }) => id === decision);
    const option = known?.options.find(({ id }) => id === pick);
    return `${known?.title ?? decision}: ${option?.label ?? pick}`;
  };
  const list = notGenerated.map(
    part =>
      `- **${markdownText(label(part))}.** ${markdownWithCode(part.because)}${consequence(part.decision, tree)}`,
  );
  return `${list.join('\n')}${leftOut(input, tree)}`;
}

function leftOut(input: StarterInput, tree: FileTree): string {
  if (tree.size === 0)
    return '\n\nNo other files were written: each part rests on one that is missing, and half a platform would only look like one. The records are complete.';
  const hasCluster = pickOf(input.stack, 'control-plane') !== null;
  return hasCluster && !hasFolder(tree, 'clusters')
    ? '\n\nSo nothing of the cluster is written: each part of it rests on one that is missing. Its records are complete.'
    : '';
}

/** What the missing part takes with it. */
function consequence(decision: Id, tree: FileTree): string {
  if (!hasFolder(tree, 'clusters')) return '';
  if (decision === 'edge')
    return ' So the sample workload has no route, and nothing reaches it from outside the cluster.';
  return decision === 'mesh' ? ' Traffic between services is not encrypted by it until it is added.' : '';
}

const FOLDERS: readonly (readonly [string, string])[] = [
  ['docs/architecture.md', 'a picture of this stack, and what may reach what'],
  ['docs/where-it-runs.md', 'which workload goes to which half, and why'],
  ['docs/runbooks', 'what to do when an alert fires, and how to bootstrap, upgrade and tear down'],
  ['docs/day-2.md', 'what has to be done again and again, and how a service is added'],
  ['docs/first-service.md', 'how a developer brings a service'],
  ['docs/cost-to-own.md', 'what this asks of its owners, and what can go again'],
  ['docs/capacity.md', 'what all pods request, and whether it fits when a zone is gone'],
  ['docs/upgrade-calendar.md', 'when what ends, and when to have left it'],
  ['docs/controls.md', 'what auditors ask for, and where it is answered'],
  ['docs/exceptions.yaml', 'what is let through, why, and until when'],
  ['images.txt', 'every image that runs, by component'],
  ['charts.txt', 'charts and repositories that are carried in, and where they lie inside'],
  ['infra', 'the infrastructure, in OpenTofu or Terraform'],
  ['releases', 'the release that each cluster stands at'],
  ['clusters', 'what each cluster is made of, in the order of delivery'],
  ['delivery', 'how each component is installed, in which version, and what differs between clusters'],
  ['platform', 'one folder per component, the same for every cluster'],
  ['platform-config', 'what the components are told, with an overlay per cluster'],
  ['recovery', 'what clusters of other regions wait for, or share'],
  ['apps', 'workloads, with an overlay per cluster'],
  ['deploy', 'how a new version reaches the service'],
  ['tests', 'unit tests of alerts'],
  ['policies', 'waivers of linters, each with its reason'],
  ['scripts', 'what people and pipelines run'],
  ['.github/workflows', 'pipelines'],
];

/** Where less is there than the folder holds elsewhere. */
function smaller(tree: FileTree, path: string): string | null {
  if (path === 'docs/runbooks' && !tree.has('docs/runbooks/bootstrap.md'))
    return 'what to do when an alert fires, or when something has to come back';
  return path === 'infra' && ![...tree.keys()].some(file => file.endsWith('.tf'))
    ? 'the hosts of each cluster, and what each of them is told'
    : null;
}

function folders(tree: FileTree): string {
  return FOLDERS.filter(([path]) => tree.has(path) || hasFolder(tree, path))
    .map(([path, says]) => `- ${markdownCode(path)}: ${smaller(tree, path) ?? says}`)
    .join('\n');
}

/** Code spans in steps are meant; pages that they name become links. */
function numbered(steps: readonly string[]): string {
  const linked = (step: string) => step.replace(/(?<=[ (])(docs\/[\w/-]+\.md|PLACEHOLDERS\.md)/g, '[$1]($1)');
  return steps.map((step, index) => `${index + 1}. ${linked(step)}`).join('\n');
}

/** Parts of a platform that no decision stands for yet, by the decision that will. */
const LATER: readonly (readonly [Id, string])[] = [
  ['backup', 'backups: volumes are kept when their claim goes, and nothing is copied anywhere'],
  ['secrets', 'secrets of applications: nothing brings them into the cluster'],
  ['policy-engine', 'admission policies and image signatures: Pod Security is enforced, nothing else'],
  ['autoscaling', 'node autoscaling: node groups have a fixed size between their minimum and maximum'],
  [
    'human-access',
    'roles of application teams: access is given to the administrators of the infrastructure alone',
  ],
];

function later(input: StarterInput): readonly string[] {
  const undecided = LATER.filter(([decision]) => pickOf(input.stack, decision) === null).map(
    ([, says]) => says,
  );
  const firewall = missingFirewall(input);
  return [...undecided, ...(firewall === null ? [] : [firewall])].map(says => `- ${says}`);
}
