/** docs/adr-tools.md: what other ADR tools read in our records, by their parsers and by their rules. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { numberAdrs } from '../src/adr/number.ts';
import { patchAll } from '../src/adr/patch-all.ts';
import type { Standing } from '../src/adr/standing.ts';
import { type AdrFormat, writeAdrs } from '../src/adr/write.ts';
import { parseAnswers } from '../src/answers/parse.ts';
import type { Catalogue } from '../src/content/catalogue.ts';
import { createEngine } from '../src/engine/compile.ts';
import { decide } from '../src/engine/decide.ts';
import { markdownCell, markdownRow } from '../src/files/markdown.ts';
import type { FileTree } from '../src/files/tree.ts';
import {
  problemsByMdbookLint,
  type Reading,
  readByAdrLog,
  readByAdrs,
  readByAdrTools,
  readByBackstage,
  readByLog4brains,
  readByStructurizr,
} from '../test/adr/readers.ts';
import { checkMarkdown } from '../test/checks/markdown.ts';

const EXAMPLE = 'examples/platform-aws.yaml';
const PEOPLE = ['Ada Lovelace', 'Head of platform'];

interface Sample {
  readonly path: string;
  readonly text: string;
  readonly files: readonly string[];
  /** What a tool should read. */
  readonly expected: Required<Reading>;
}
type Read = (sample: Sample) => Promise<Partial<Reading> | null> | Partial<Reading> | null;
interface Tool {
  readonly name: string;
  readonly form: AdrFormat;
  readonly how: 'run' | 'rules';
  readonly read: Read;
}

const TOOLS: readonly Tool[] = [
  { name: 'log4brains core 1.1.0', form: 'madr', how: 'run', read: ({ text }) => readByLog4brains(text) },
  { name: 'adr-log 2.2.0', form: 'madr', how: 'run', read: ({ text }) => readByAdrLog(text) },
  {
    name: 'Backstage, ADR plugin',
    form: 'madr',
    how: 'rules',
    read: ({ text }) => {
      const { title, status, date, links } = readByBackstage(text);
      return { title, status, date, links };
    },
  },
  {
    name: 'Structurizr, MADR importer',
    form: 'madr',
    how: 'rules',
    read: ({ text, files }) => readByStructurizr(text, files),
  },
  {
    name: 'adrs 0.10.1',
    form: 'madr',
    how: 'rules',
    read: ({ text, files }) => {
      const reading = readByAdrs(text);
      if (reading === null) return null;
      const { title, status, date, deciders, links } = reading;
      return { title, status, date, deciders, links: links.map(number => fileOf(number, files)) };
    },
  },
  {
    name: 'adr-tools 3.0.0',
    form: 'nygard',
    how: 'rules',
    read: ({ text, files }) => {
      const { title, status, date, links } = readByAdrTools(text);
      return {
        title: title?.replace(/^\d+\. /, '') ?? null,
        status: status?.split(' ')[0]?.toLowerCase() ?? null,
        date,
        links: links.map(number => fileOf(number, files)),
      };
    },
  },
];
const COLUMNS = ['title', 'status', 'date', 'deciders', 'tags', 'links'] as const;

export async function adrToolsPage(root: string, catalogue: Catalogue): Promise<string> {
  const trees = { madr: treeOf(root, catalogue, 'madr'), nygard: treeOf(root, catalogue, 'nygard') };
  const rows = await Promise.all(
    TOOLS.map(async tool => {
      const samples = samplesOf(trees[tool.form]);
      const readings = await Promise.all(samples.map(tool.read));
      const cells = COLUMNS.map(column => cell(samples, readings, column));
      return [tool.name, tool.form === 'madr' ? 'MADR 4' : 'Nygard', tool.how, ...cells].map(text =>
        text === '-' ? text : markdownCell(text),
      );
    }),
  );
  const records = [...trees.madr].filter(([path]) => /^\d{4}-/.test(path));
  const markdownlint = (await checkMarkdown(trees.madr)).length;
  const mdbook = records.flatMap(([path, text]) => problemsByMdbookLint(path, text)).length;
  const head = ['tool', 'form', 'how', ...COLUMNS];
  return `# What other ADR tools read in our records

Written by \`npm run docs\` from records of \`${EXAMPLE}\`: one is proposed, one accepted by two people, one
superseded by another. A cell says whether the tool reads all three right; \`-\` means that it does not look for this.

- *run*: the tool itself reads every record of the examples in \`npm run conformance -- adr-readers\`, which fails where
  it reads anything else than the table says. It is installed there and not among our dependencies: the two bring some
  160 packages, most of them of 2020 to 2022.
- *rules*: the rules of its source, written again in \`test/adr/readers.ts\`. The tool itself was not run.

${[markdownRow(head), markdownRow(head.map(() => '---')), ...rows.map(markdownRow)].join('\n')}

Linters over all ${records.length} records: markdownlint with MADR's settings (run in \`npm test\`) has ${findings(markdownlint)}; the ADR
rules of mdbook-lint (rules) have ${findings(mdbook)}.

${KNOWN}`;
}

/** What a table cannot say. */
const KNOWN = `## What is known not to fit

- adr-tools reads front matter as the title of a record, so it needs the other form: \`chartroom adr --format nygard\`.
- log4brains shows the front matter as a paragraph above the record. Without its last line, \`### end of metadata\`, it
  would take the whole for a heading and a superseded record for an accepted one.
- Backstage shows a date one day early where its server runs west of UTC. It lists a template named \`0000-….md\` too.
- Structurizr knows no kinds of links: all of them read "links to".
- Prettier puts an empty line between front matter and title, behind which adr-log no longer finds the title.
- adr-manager reads MADR 2 only, structured-madr and archgate want front matter and headings of their own; none of them
  is aimed at.
`;

function treeOf(root: string, catalogue: Catalogue, form: AdrFormat): FileTree {
  const { file } = parseAnswers(readFileSync(join(root, EXAMPLE), 'utf8'), EXAMPLE, catalogue);
  if (file === null) throw new Error(`${EXAMPLE} has mistakes`);
  const asOf = file.asOf ?? '';
  const stack = decide(createEngine(catalogue), { answers: file.answers, pins: file.pins, asOf });
  const numbers = numberAdrs(stack, catalogue);
  const { project } = file;
  const tree = writeAdrs({ stack, catalogue, project, flips: [], numbers, checks: [] }, form);
  const [first, second] = [...numbers.values()];
  if (first === undefined || second === undefined) throw new Error(`${EXAMPLE} decides too little`);
  const accepted: Standing = { status: 'accepted', date: '2026-12-01', deciders: PEOPLE, successor: null };
  const superseded: Standing = { ...accepted, status: 'superseded', successor: second };
  const once = new Map([...tree, ...patchAll(tree, second, accepted)]);
  return new Map([...once, ...patchAll(once, first, superseded)]);
}

/** The superseded record, the accepted one and the first that is proposed. */
function samplesOf(tree: FileTree): readonly Sample[] {
  const index: { adrs: readonly Entry[] } = JSON.parse(tree.get('index.json') ?? '');
  const files = index.adrs.map(({ path }) => path);
  return index.adrs.slice(0, 3).map(adr => {
    const links = [...new Set(adr.links.map(({ target }) => fileOf(String(target), files)))].sort();
    const { title, status, date, tags, deciders = [] } = adr;
    return {
      path: adr.path,
      text: tree.get(adr.path) ?? '',
      files,
      expected: { title, status, date, tags, deciders, links },
    };
  });
}
interface Entry {
  readonly number: number;
  readonly title: string;
  readonly status: string;
  readonly date: string;
  readonly deciders?: readonly string[];
  readonly tags: readonly string[];
  readonly links: readonly { readonly target: number }[];
  readonly path: string;
}

function cell(
  samples: readonly Sample[],
  readings: readonly (Partial<Reading> | null)[],
  column: (typeof COLUMNS)[number],
): string {
  if (readings.every(reading => reading !== null && reading[column] === undefined)) return '-';
  const wrong = samples.flatMap(({ expected, files }, index) => {
    const read = readings[index]?.[column] ?? null;
    const found = column === 'links' && Array.isArray(read) ? linked(read, files) : read;
    return JSON.stringify(found) === JSON.stringify(expected[column])
      ? []
      : [`"${String(found)}" for "${String(expected[column])}"`];
  });
  return wrong.length === 0 ? 'yes' : `no: ${wrong.join(', ')}`;
}

function linked(targets: readonly string[], files: readonly string[]): readonly string[] {
  return [...new Set(targets.filter(target => files.includes(target)))].sort();
}

function fileOf(number: string, files: readonly string[]): string {
  return files.find(file => Number(file.slice(0, 4)) === Number(number)) ?? number;
}

function findings(count: number): string {
  return count === 0 ? 'no finding' : count === 1 ? 'one finding' : `${count} findings`;
}
