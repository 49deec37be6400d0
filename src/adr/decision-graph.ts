/** How the decisions of a stack build on each other: as a diagram and as the same in words. */

import type { Id } from '../content/catalogue.ts';
import { listed } from '../content/sentence.ts';
import { markdownCodeBlock, markdownText } from '../files/markdown.ts';
import { mermaidLabel } from '../files/mermaid.ts';
import { inGroups } from './decision-groups.ts';
import type { AdrInput } from './input.ts';
import { adrId } from './number.ts';
import type { Relations } from './relations.ts';

/** Below this a diagram is read at a glance without frames. */
const FEWEST_IN_GROUPS = 10;

export function decisionDiagram(input: AdrInput, relations: Relations): string {
  const node = (id: Id): string => `${nodeId(input, id)}[${mermaidLabel(shortTitle(input, id))}]`;
  const ids = [...relations.keys()];
  const groups = ids.length < FEWEST_IN_GROUPS ? [] : inGroups(ids);
  const nodes =
    groups.length === 0
      ? ids.map(id => `  ${node(id)}`)
      : groups.flatMap((group, index) => [
          `  subgraph g${index + 1}[${mermaidLabel(group.title)}]`,
          ...group.decisions.map(id => `    ${node(id)}`),
          '  end',
        ]);
  const edges = [...relations].flatMap(([id, targets]) =>
    targets.map(target => `  ${nodeId(input, target)} --> ${nodeId(input, id)}`),
  );
  return markdownCodeBlock('mermaid', ['flowchart TD', ...nodes, ...edges].join('\n'));
}

export function decisionLines(input: AdrInput, relations: Relations): readonly string[] {
  return [...relations].map(([id, targets]) => {
    const base = targets.map(target => record(input, target));
    const rests = base.length === 0 ? 'rests on the answers alone' : `builds on ${listed(base, 'and')}`;
    return `${record(input, id)} (${markdownText(title(input, id))}) ${rests}.`;
  });
}

function title(input: AdrInput, id: Id): string {
  return input.numbers.get(id)?.title ?? id;
}

/** Without what the option's name adds in brackets. */
function shortTitle(input: AdrInput, id: Id): string {
  return title(input, id).replace(/\s*\([^()]*\)$/, '');
}

function record(input: AdrInput, id: Id): string {
  const link = input.numbers.get(id);
  return link === undefined ? id : adrId(link);
}

/** Ids of nodes are numbers behind a letter, since Mermaid gives some words a meaning. */
function nodeId(input: AdrInput, id: Id): string {
  return `d${input.numbers.get(id)?.number ?? 0}`;
}
