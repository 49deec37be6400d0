/** Records of the examples, read by log4brains and adr-log themselves; and whether our ports of their rules read the same. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseRecord } from '../../test/adr/parse-record.ts';
import { type Reading, readByAdrLog, readByLog4brains } from '../../test/adr/readers.ts';
import { type Check, merge, type Report } from '../check.ts';
import { mustRun } from '../process.ts';
import type { Stack } from '../stacks.ts';
import { folderOf } from '../tool.ts';
import { adrReaders } from '../tools.ts';

export const adrReadersCheck: Check = {
  name: 'adr-readers',
  version: adrReaders.version,
  tools: [adrReaders],
  run: async stacks => merge(await Promise.all(stacks.map(readStack))),
};

/** Prints what the tools read in the folder that it is given, as JSON. */
const READ = `
const { createRequire } = require('node:module');
const [tools, project] = process.argv.slice(1);
const load = createRequire(tools + '/index.js');
const { Log4brains } = load('@log4brains/core');
Log4brains.create(project).searchAdrs().then(adrs => console.log(JSON.stringify(
  adrs.map(({ slug, title, status, publicationDate, deciders, tags }) =>
    ({ slug, title, status, date: publicationDate && String(publicationDate).slice(0, 10), deciders, tags })))));
`;
const LOG4BRAINS = 'project:\n  name: check\n  tz: Etc/UTC\n  adrFolder: ./docs/adr\n';

async function readStack(stack: Stack): Promise<Report> {
  const project = await mkdtemp(join(tmpdir(), 'chartroom-adr-readers-'));
  try {
    const folder = join(project, 'docs/adr');
    await cp(join(stack.folder, 'docs/adr'), folder, { recursive: true });
    await writeFile(join(project, '.log4brains.yml'), LOG4BRAINS);
    const tools = folderOf(adrReaders);
    const byLog4brains: readonly (Reading & { slug: string })[] = JSON.parse(
      await mustRun(process.execPath, ['-e', READ, tools, project], { on: stack.name }),
    );
    const list = join(project, 'list.md');
    await writeFile(list, '<!-- adrlog -->\n\n<!-- adrlogstop -->\n');
    const log = [join(tools, 'node_modules/adr-log/cli.js'), '-d', folder, '-i', list];
    await mustRun(process.execPath, log, { on: stack.name });
    const byAdrLog = await readFile(list, 'utf8');
    const files = stack.files.filter(file => /^docs\/adr\/\d{4}-.*\.md$/.test(file));
    const errors = await Promise.all(files.map(file => differences(stack, file, byLog4brains, byAdrLog)));
    return { files: files.length, errors: errors.flat(), notes: [] };
  } finally {
    await rm(project, { recursive: true, force: true });
  }
}

async function differences(
  stack: Stack,
  file: string,
  byLog4brains: readonly (Reading & { slug: string })[],
  byAdrLog: string,
): Promise<readonly string[]> {
  const text = await readFile(join(stack.folder, file), 'utf8');
  const { title, frontMatter } = parseRecord(file, text);
  const slug = basename(file, '.md');
  const read = byLog4brains.find(adr => adr.slug === slug);
  const port = await readByLog4brains(text);
  const wanted = { title, status: frontMatter.status, date: frontMatter.date, tags: frontMatter.tags };
  const same = (who: string, found: unknown, expected: unknown): readonly string[] =>
    JSON.stringify(found) === JSON.stringify(expected)
      ? []
      : [`${stack.name}: ${file}: ${who} reads ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`];
  const essence = (reading: Reading | undefined): unknown =>
    reading && { title: reading.title, status: reading.status, date: reading.date, tags: reading.tags };
  return [
    ...same('log4brains', essence(read), wanted),
    ...same('our port of log4brains', [essence(port), port.deciders], [essence(read), read?.deciders]),
    ...same(
      'adr-log',
      byAdrLog.includes(`[ADR-${slug.slice(0, 4)}](docs/adr/${slug}.md) - ${readByAdrLog(text).title ?? ''}`),
      true,
    ),
    ...same('our port of adr-log', readByAdrLog(text).title, title),
  ];
}
