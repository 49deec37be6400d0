/** How the decisions of a stack build on each other: as a diagram and as the same in words. */
import type { Id } from '../content/catalogue.ts';
import { markdownCodeBlock, markdownText } from '../files/markdown.ts';
import { mermaidLabel } from '../files/mermaid.ts';
import type { AdrInput } from './input.ts';
import type { Library } from './library.ts';
import { adrId } from './number.ts';
import { listed } from './prose.ts';
import type { Relations } from './relations.ts';

export function decisionDiagram(input: AdrInput, library: Library, relations: Relations): string {
  const nodes = [...relations.keys()].map(
    id =>
      `  ${nodeId(input, id)}[${mermaidLabel(`${library.decision(id).title}: ${pickLabel(input, library, id)}`)}]`,
  );
  const edges = [...relations].flatMap(([id, targets]) =>
    targets.map(target => `  ${nodeId(input, target)} --> ${nodeId(input, id)}`),
  );
  return markdownCodeBlock('mermaid', ['flowchart TD', ...nodes, ...edges].join('\n'));
}

export function decisionLines(input: AdrInput, library: Library, relations: Relations): readonly string[] {
  return [...relations].map(([id, targets]) => {
    const base =
      targets.length === 0
        ? 'rests on the answers alone'
        : `builds on ${listed(targets.map(one => recordName(input, library, one)))}`;
    return `${recordName(input, library, id)}, ${markdownText(pickLabel(input, library, id))}, ${base}.`;
  });
}

function recordName(input: AdrInput, library: Library, id: Id): string {
  const link = input.numbers.get(id);
  const title = markdownText(library.decision(id).title);
  return link === undefined ? title : `${title} (${adrId(link)})`;
}

function pickLabel(input: AdrInput, library: Library, id: Id): string {
  const outcome = input.stack.outcomes.find(one => one.decision === id);
  return outcome?.status === 'decided' ? library.option(id, outcome.pick).label : '';
}

/** Ids of nodes are numbers behind a letter, since Mermaid gives some words a meaning. */
function nodeId(input: AdrInput, id: Id): string {
  return `d${input.stack.outcomes.findIndex(outcome => outcome.decision === id)}`;
}
