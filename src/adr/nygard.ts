/** A record in Nygard's form, for adr-tools: the title with its number on line 1, links within `## Status`. */
import { markdownText } from '../files/markdown.ts';
import type { AdrRecord, RelatedRecord } from './record.ts';

export function nygard(record: AdrRecord): string {
  const { outcome } = record;
  return [
    `# ${record.link.number}. ${markdownText(record.link.title)}\n`,
    `Date: ${record.date}\n`,
    '## Status\n',
    'Proposed\n',
    ...record.related.map(related => `${relatedLine(related)}\n`),
    '## Context\n',
    `${record.context.join('\n')}\n`,
    ...(record.assumptions.length === 0
      ? []
      : ['Assumed, since nobody could answer yet:\n', bullets(record.assumptions)]),
    `${record.question}\n`,
    'The forces, by priority:\n',
    bullets([...record.drivers, ...record.conflicts]),
    '## Decision\n',
    `${outcome.weWill}\n`,
    ...[outcome.chosen, ...outcome.notices, outcome.yStatement].map(line => `${line}\n`),
    bullets(outcome.judgement),
    'The other options:\n',
    bullets([
      ...record.optionRecords.flatMap(option =>
        option.notChosen === null ? [] : [`${option.title}: ${option.notChosen}`],
      ),
      ...record.ruledOut.map(option => `${option.title}: ${option.lines.join(' ')}`),
    ]),
    '## Consequences\n',
    bullets([...record.good, ...record.bad]),
    'How to see that it is kept:\n',
    bullets(record.confirmation),
    'What it rests on:\n',
    bullets(record.evidence),
    'What else to know:\n',
    bullets(record.more),
  ]
    .filter(part => part !== '')
    .join('\n');
}

/** adr-tools reads `<words> [<title>](<number>-…)`. */
function relatedLine(related: RelatedRecord): string {
  const words = related.kind === 'builds-on' ? 'Builds on' : 'Is the basis of';
  return `${words} [${related.link.number}. ${markdownText(related.link.title)}](${related.link.path})`;
}

function bullets(items: readonly string[]): string {
  return items.length === 0 ? '' : `${items.map(item => `* ${item}`).join('\n')}\n`;
}
