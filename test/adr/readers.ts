/**
 * What other tools read in a record, by their own rules: log4brains core 1.1.0, adr-log 2.2.0, Backstage's ADR plugin,
 * Structurizr's MADR importer, adrs 0.10.1, mdbook-lint, adr-tools. Written after their sources; none of them runs here.
 */

import type { MarkdownToken } from 'markdownlint-cli2/markdownlint/promise';
import { parseMarkdown } from '../checks/markdown.ts';
import { parseOnce } from '../checks/parse-once.ts';

export interface Reading {
  readonly title: string | null;
  readonly status: string | null;
  readonly date: string | null;
  readonly deciders?: readonly string[];
  readonly tags?: readonly string[];
  /** Targets of links to other records: file names, or numbers where the tool knows only those. */
  readonly links: readonly string[];
}

/** markdown-it without front matter; the metadata is the first list before the first second-level heading. */
export async function readByLog4brains(text: string): Promise<Reading> {
  const firstSection = text.indexOf('\n## ');
  const opening = firstSection < 0 ? text : text.slice(0, firstSection);
  const blocks = (await parseMarkdown(opening, 'as-markdown')).filter(
    block => !block.type.startsWith('lineEnding'),
  );
  const end = blocks.findIndex(block => levelOf(block) === 2);
  const list = blocks.slice(0, end < 0 ? undefined : end).find(block => block.type === 'listUnordered');
  const items = (list?.text ?? '').split('\n').map(line => line.replace(/^\s*[*+-]\s+/, ''));
  const value = (key: string): string | null => {
    const match = items.map(item => new RegExp(`^(\\s*${key}\\s*:\\s*)(.*)$`, 'i').exec(item)).find(Boolean);
    return match?.[2]?.trim() ?? null;
  };
  const known = ['draft', 'proposed', 'rejected', 'accepted', 'deprecated', 'superseded'];
  const status = value('status');
  const date = value('date');
  return {
    title: headingText(blocks.find(block => levelOf(block) === 1)),
    status:
      status === null
        ? 'accepted'
        : /^superseded by/i.test(status)
          ? 'superseded'
          : known.includes(status.toLowerCase())
            ? status.toLowerCase()
            : 'draft',
    date: date !== null && /^\d{4}-\d\d-\d\d$/.test(date) ? date : null,
    deciders: (value('deciders') ?? '').split(/\s*,\s*/).filter(name => name !== ''),
    tags: (value('tags') ?? '').split(/\s*[\s,]\s*/).filter(tag => tag !== ''),
    links: [...text.matchAll(/\]\(([^()\s]+\.md)\)/gi)]
      .map(found => found[1] ?? '')
      .filter(target => !/^https?:/i.test(target)),
  };
}

/** gray-matter, then the first line less two characters, less a number. */
export function readByAdrLog(text: string): Pick<Reading, 'title'> {
  const content = text.replace(/^---\n[\s\S]*?\n---\n?/, '');
  return { title: (content.split('\n')[0] ?? '').slice(2).replace(/^\d+\. /, '') };
}

export function readByBackstage(text: string): Reading & { readonly isListed: (path: string) => boolean } {
  const match = /^---\r?\n((?:.*\r?\n)*?)---\r?\n?([\s\S]*)$/.exec(text);
  const attributes: Record<string, unknown> = match === null ? {} : matterIn(match[1]);
  const content = match?.[2] ?? text;
  const date = attributes.date === undefined ? null : String(attributes.date);
  const rewritten = content.replace(
    /\[([^[\]]*)\]\((?!https?:\/\/)[/]*(.*?)(\.md)\)/gim,
    '[$1](backstage:$2$3)',
  );
  return {
    title: /^# (.*)$/m.exec(content)?.[1] ?? null,
    status: attributes.status === undefined ? null : String(attributes.status),
    date: date !== null && !Number.isNaN(Date.parse(date)) ? date : null,
    links: [...rewritten.matchAll(/\]\(backstage:([^)]*)\)/g)].map(found => found[1] ?? ''),
    isListed: path => /^(?:.*\/)?\d{4}-.+\.md$/.test(path),
  };
}

/** Raw text after `status: `; one link per line, up to the last bracket of the line. */
export function readByStructurizr(text: string, files: readonly string[]): Reading {
  const lines = text.split('\n');
  const end = lines.findIndex((line, index) => index > 0 && line.startsWith('---'));
  const matter = lines[0]?.startsWith('---') ? lines.slice(1, end) : [];
  const after = (prefix: string): string | null =>
    matter.find(line => line.startsWith(prefix))?.slice(prefix.length) ?? null;
  const content = text.replace(/^---\n(?:.*\n)*?---\n/, '');
  return {
    title:
      content
        .split('\n')
        .find(line => line.startsWith('# '))
        ?.slice(2) ?? null,
    status: after('status: '),
    date: after('date: '),
    links: content
      .split('\n')
      .flatMap(line => /\[.*]\((.*)\)/.exec(line)?.[1] ?? [])
      .filter(target => files.includes(target)),
  };
}

/** YAML with `number`, `date` and `status`; without them the record vanishes from the list. */
export function readByAdrs(text: string): (Reading & { readonly number: number }) | null {
  if (!text.startsWith('---\n')) return null;
  const [, yaml, ...rest] = text.split('---\n');
  const body = rest.join('---\n');
  const matter = matterIn(yaml);
  const kinds = ['supersedes', 'supersededby', 'amends', 'amendedby', 'relatesto'];
  const links = Array.isArray(matter.links) ? matter.links : [];
  if (!Number.isInteger(matter.number) || typeof matter.status !== 'string') return null;
  if (!/^\d{4}-\d\d-\d\d$/.test(String(matter.date))) return null;
  if (!links.every(link => Number.isInteger(link.target) && kinds.includes(link.kind))) return null;
  const people = matter['decision-makers'];
  return {
    number: Number(matter.number),
    title:
      body
        .split('\n')
        .find(line => line.startsWith('# '))
        ?.slice(2) ?? null,
    status: matter.status,
    date: String(matter.date),
    deciders: Array.isArray(people) ? people.map(String) : [],
    links: links.map(link => String(link.target)),
  };
}

const PLACEHOLDERS = [
  'todo',
  'tbd',
  'to be determined',
  'to be decided',
  'fill in',
  'placeholder',
  'describe',
  'add content',
  'write here',
  '...',
  'xxx',
  '[insert',
  '<insert',
  'lorem ipsum',
];

/** Codes of mdbook-lint that a record breaks. */
export function problemsByMdbookLint(file: string, text: string): readonly string[] {
  const matter = matterIn(/^---\n([\s\S]*?\n)---\n/.exec(text)?.[1]);
  const body = text.replace(/^---\n[\s\S]*?\n---\n/, '');
  const parts = new Map(
    body
      .split(/^## /m)
      .slice(1)
      .map(part => [(part.split('\n')[0] ?? '').toLowerCase(), part.split('\n').slice(1).join('\n')]),
  );
  const problems: string[] = [];
  const statuses = ['proposed', 'accepted', 'deprecated', 'superseded', 'rejected', 'draft'];
  if (!statuses.includes(String(matter.status))) problems.push('ADR007');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(String(matter.date))) problems.push('ADR008');
  if (matter.number !== undefined && Number(/^\d+/.exec(file)?.[0]) !== matter.number)
    problems.push('ADR009');
  for (const name of ['context and problem statement', 'decision outcome']) {
    const content = (parts.get(name) ?? '').replace(/^#.*$/gm, '').trim().toLowerCase();
    if (content.length < 3 || PLACEHOLDERS.some(word => content.includes(word))) problems.push('ADR014');
  }
  const items = (name: string): readonly string[] =>
    (parts.get(name) ?? '').split('\n').filter(line => /^\s*[*-] /.test(line));
  if (items('decision drivers').length === 0) problems.push('ADR015');
  if (items('considered options').length < 2) problems.push('ADR016');
  const consequences = /^### consequences\n([\s\S]*?)(?=^#|(?![\s\S]))/im.exec(body)?.[1] ?? '';
  for (const kind of ['good', 'bad']) {
    if (!new RegExp(`^\\s*\\*?\\s*${kind}[,:]`, 'im').test(consequences)) problems.push('ADR017');
  }
  const people = matter['decision-makers'];
  if (people !== undefined && !Array.isArray(people)) problems.push('people');
  return problems;
}

/** adr-tools: title on line 1, status and links between `## Status` and the next heading. */
export function readByAdrTools(text: string): Reading {
  const lines = text.split('\n');
  const start = lines.indexOf('## Status');
  const end = lines.findIndex((line, index) => index > start && /^##/.test(line));
  const status = start < 0 ? [] : lines.slice(start + 1, end).filter(line => line !== '');
  return {
    title: (lines[0] ?? '').slice(2),
    status: status[0] ?? null,
    date: lines.find(line => line.startsWith('Date: '))?.slice('Date: '.length) ?? null,
    links: status.flatMap(line => /^(.+) \[.*\]\(0*([1-9][0-9]*).*\)/.exec(line)?.[2] ?? []),
  };
}

const matterIn = (yaml = ''): Readonly<Record<string, unknown>> =>
  (parseOnce(yaml) as Readonly<Record<string, unknown>> | null) ?? {};

function levelOf(block: MarkdownToken): number {
  if (block.type === 'atxHeading') return /^#+/.exec(block.text)?.[0].length ?? 0;
  if (block.type === 'setextHeading') return /=+\s*$/.test(block.text) ? 1 : 2;
  return 0;
}

function headingText(block: MarkdownToken | undefined): string | null {
  return block === undefined ? null : block.text.replace(/^#+\s*/, '').trim();
}
