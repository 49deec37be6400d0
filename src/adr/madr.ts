/** A record in the form of MADR 4, with a header that log4brains, adr-log, Backstage, Structurizr and adrs read as well. */
import { frontMatterValue, markdownLink, markdownText } from '../files/markdown.ts';
import type { AdrRecord, RelatedRecord } from './record.ts';

export function madr(record: AdrRecord): string {
  return [
    frontMatter(record),
    `# ${markdownText(record.link.title)}\n`,
    bullets(headerItems(record)),
    '## Context and Problem Statement\n',
    ...context(record),
    '## Decision Drivers\n',
    bullets(record.drivers),
    ...record.conflicts.map(paragraph),
    '## Considered Options\n',
    bullets(record.options),
    '## Decision Outcome\n',
    ...[record.outcome.chosen, record.outcome.weWill, ...record.outcome.notices].map(paragraph),
    paragraph(record.outcome.yStatement),
    bullets(record.outcome.judgement),
    '### Consequences\n',
    bullets([...record.good, ...record.bad]),
    '### Confirmation\n',
    bullets(record.confirmation),
    '## Pros and Cons of the Options\n',
    ...record.optionRecords.flatMap(option => [
      `### ${option.title}\n`,
      bullets([...option.good, ...option.bad]),
      ...(option.notChosen === null ? [] : [paragraph(option.notChosen)]),
    ]),
    ...ruledOut(record),
    '## Evidence\n',
    bullets(record.evidence),
    '## More Information\n',
    bullets([...record.more, ...record.related.map(relatedLine)]),
  ]
    .filter(part => part !== '')
    .join('\n');
}

/**
 * Flow lists only, no quotes round status and date, no empty keys, and a comment beginning with `###` as the last
 * line: readers without front matter then see a heading there instead of taking the fence for an underline.
 */
function frontMatter(record: AdrRecord): string {
  const lines = [
    `number: ${record.link.number}`,
    `status: ${record.status}`,
    `date: ${record.date}`,
    ...(record.deciders.length === 0 ? [] : [`decision-makers: [${record.deciders.map(person).join(', ')}]`]),
    `tags: [${record.tags.map(frontMatterValue).join(', ')}]`,
    ...(record.related.length === 0
      ? []
      : [
          `links: [${record.related.map(one => `{target: ${one.link.number}, kind: relatesto}`).join(', ')}]`,
        ]),
  ];
  return `---\n${lines.join('\n')}\n### end of metadata\n---`;
}

function headerItems(record: AdrRecord): readonly string[] {
  const deciders = record.deciders.map(name => markdownText(name)).join(', ');
  return [
    `Status: ${record.status}`,
    `Deciders: ${deciders === '' ? 'not recorded' : deciders}`,
    `Date: ${record.date}`,
    `Tags: ${record.tags.join(', ')}`,
  ];
}

function context(record: AdrRecord): readonly string[] {
  const assumed =
    record.assumptions.length === 0
      ? []
      : ['Assumed, since nobody could answer yet:\n', bullets(record.assumptions)];
  return [paragraph(record.context.join('\n')), ...assumed, paragraph(record.question)];
}

function ruledOut(record: AdrRecord): readonly string[] {
  if (record.ruledOut.length === 0) return [];
  return [
    '## Ruled Out\n',
    ...record.ruledOut.flatMap(option => [`### ${option.title}\n`, bullets(option.lines)]),
  ];
}

/** One link per line and nothing behind it: several viewers read to the last bracket of a line. */
export function relatedLine(related: RelatedRecord): string {
  const words = related.kind === 'builds-on' ? 'Builds on' : 'Is the basis of';
  return `${words} ${markdownLink(related.link.title, related.link.path)}`;
}

/** Backstage prints the front matter as a table row, which a pipe would break. */
function person(name: string): string {
  return frontMatterValue(name.replaceAll('|', '/'));
}

function bullets(items: readonly string[]): string {
  return items.length === 0 ? '' : `${items.map(item => `* ${item}`).join('\n')}\n`;
}

function paragraph(text: string): string {
  return text === '' ? '' : `${text}\n`;
}
