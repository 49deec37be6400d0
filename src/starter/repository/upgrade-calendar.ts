/** docs/upgrade-calendar.md: when what ends, and when to have left it, as a table and as a picture. */
import type { Component } from '../../content/catalogue.ts';
import { markdownCell, markdownCodeCell, markdownRow } from '../../files/markdown.ts';
import type { ClusterParts } from '../cluster.ts';
import { daysAfter } from '../day.ts';
import { markdownHeadline } from '../headline.ts';
import type { ModuleInput } from '../module.ts';
import { answerOf } from '../picks.ts';
import { minorsFrom, type PlannedUpgrade, plannedUpgrades } from './upgrade-days.ts';
import { usedParts } from './used-parts.ts';

export function upgradeCalendarPage(parts: ClusterParts): string {
  const { input } = parts;
  const upgrades = plannedUpgrades(input);
  const ending = endingParts(parts);
  return `# Upgrade calendar

${markdownHeadline(input, 'upgrades', '../')}

Drawn on ${input.stack.asOf} from the ends of support that were known then. Each minor is left two months before its end, one
cluster after the other, a week apart; [the runbook](runbooks/upgrade-cluster.md) says how. ${freeze(input)}

${picture(input, upgrades, ending)}

## Kubernetes

${markdownRow(['Minor', 'Supported until', 'Where', 'Begin', 'Done'])}
${markdownRow(Array(5).fill('---'))}
${upgradeRows(input, upgrades).join('\n')}

Nothing later is known yet: a minor comes out every four months, and its dates are read with the next update of the table of versions.

## Parts whose end is named

${endingTable(ending)}

A part goes before Kubernetes where it does not support the next minor: [what it costs to own](cost-to-own.md) lists the ranges.
`;
}

function freeze({ stack }: ModuleInput): string {
  return answerOf(stack, 'freeze') === 'none' || answerOf(stack, 'freeze') === null
    ? 'No time is closed for changes.'
    : 'Move what falls into a time that is closed for changes to before it, never to after it.';
}

function endingParts(parts: ClusterParts): readonly (Component & { readonly endOfLife: string })[] {
  return usedParts(parts).flatMap(({ component }) =>
    component.endOfLife === null ? [] : [{ ...component, endOfLife: component.endOfLife }],
  );
}

function endingTable(ending: ReturnType<typeof endingParts>): string {
  if (ending.length === 0) return 'None of the parts names a day on which its version ends.';
  return [
    markdownRow(['Part', 'Version', 'Ends on', 'Leave it by']),
    markdownRow(Array(4).fill('---')),
    ...ending.map(({ title, version, endOfLife }) =>
      markdownRow([markdownCell(title), markdownCodeCell(version), endOfLife, daysAfter(endOfLife, -30)]),
    ),
  ].join('\n');
}

function upgradeRows(input: ModuleInput, upgrades: readonly PlannedUpgrade[]): readonly string[] {
  const last = minorsFrom(input).at(-1);
  return [
    ...upgrades.flatMap(({ from, to, until, clusters }) =>
      clusters.map(({ name, begins, ends }) =>
        markdownRow([`${from} to ${to}`, until, markdownCell(name), begins, ends]),
      ),
    ),
    ...(last === undefined ? [] : [markdownRow([last.minor, last.until, 'every cluster', '-', '-'])]),
  ];
}

/** Names of tasks are ours: minors, titles of releases and names of clusters, which hold no colon. */
function picture(
  input: ModuleInput,
  upgrades: readonly PlannedUpgrade[],
  ending: ReturnType<typeof endingParts>,
): string {
  const from = input.stack.asOf;
  const minors = minorsFrom(input).filter(({ until }) => until > from);
  if (minors.length === 0) return 'No end of support is known for this minor.';
  const named = (text: string) => text.replace(/[:;#,]/g, ' ');
  return [
    '```mermaid',
    'gantt',
    '  dateFormat YYYY-MM-DD',
    '  axisFormat %b %Y',
    '  section Supported',
    ...minors.map(({ minor, until }) => `  Kubernetes ${minor} :${from}, ${until}`),
    ...ending
      .filter(({ endOfLife }) => endOfLife > from)
      .map(({ title, version, endOfLife }) => `  ${named(title)} ${named(version)} :${from}, ${endOfLife}`),
    ...upgrades.flatMap(({ from: before, to, clusters }) => [
      `  section ${before} to ${to}`,
      ...clusters.map(({ name, begins, ends }) => `  ${name} :${begins}, ${ends}`),
    ]),
    '```',
  ].join('\n');
}
