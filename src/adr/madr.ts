/** A record in the form of MADR 4, with a header that log4brains, adr-log, Backstage, Structurizr and adrs read as well. */
import { frontMatterValue, markdownLink, markdownText } from '../files/markdown.ts';
import type { AdrRecord, RelatedRecord } from './record.ts';

/** Related records that are named by their titles; where there are more, those below by their numbers. */
const MOST_TITLES = 6;

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
    bullets([...record.more, ...relatedLines(record.related)]),
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

/**
 * One link per line and nothing behind it: several viewers read to the last bracket of a line. A record that many
 * build on names them by number.
 */
function relatedLines(related: readonly RelatedRecord[]): readonly string[] {
  return related.map(({ kind, link }) => {
    if (kind === 'builds-on') return `Builds on ${markdownLink(link.title, link.path)}`;
    if (related.length <= MOST_TITLES) return `Is the basis of ${markdownLink(link.title, link.path)}`;
    return `Basis of ${markdownLink(`ADR-${String(link.number).padStart(4, '0')}`, link.path)}`;
  });
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
