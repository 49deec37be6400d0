/** Other tools read the records as they are meant: title, status, date, people and links. */
import { describe, expect, test } from 'vitest';
import { parseRecord } from './parse-record.ts';
import {
  problemsByMdbookLint,
  readByAdrLog,
  readByAdrs,
  readByBackstage,
  readByLog4brains,
  readByStructurizr,
} from './readers.ts';
import { RUNS, runOf } from './runs.ts';

const people = runOf(
  'people',
  { cloud: 'aws' },
  {},
  { name: 'shop', deciders: ['Ana Silva', 'Head of platform'] },
);

describe.each([people, ...RUNS.slice(0, 4)].map(run => [run.name, run] as const))(
  'records of %s',
  (_name, run) => {
    const files = [...run.tree.keys()].filter(file => /^\d{4}-/.test(file));
    const linked = (file: string): readonly string[] => {
      const { frontMatter } = parseRecord(file, run.tree.get(file) ?? '');
      const links = Array.isArray(frontMatter.links) ? frontMatter.links : [];
      return links.map(link => files[link.target - 1] ?? '').sort();
    };
    const deciders = [...(run.project.deciders ?? [])];

    test.each(files)('%s', async file => {
      const text = run.tree.get(file) ?? '';
      const { title } = parseRecord(file, text);
      const link = [...run.numbers.values()].find(one => one.path === file);
      const expected = { title, status: 'proposed', date: run.stack.asOf };

      const log4brains = await readByLog4brains(text);
      expect(log4brains).toMatchObject(expected);
      expect(log4brains.deciders).toEqual(deciders.length === 0 ? ['not recorded'] : deciders);
      expect(log4brains.links.filter(target => files.includes(target)).sort()).toEqual(linked(file));

      expect(readByAdrLog(text)).toEqual({ title });

      const backstage = readByBackstage(text);
      expect(backstage).toMatchObject(expected);
      expect(backstage.isListed(`docs/adr/${file}`)).toBe(true);
      expect(backstage.links.filter(target => files.includes(target)).sort()).toEqual(linked(file));

      const structurizr = readByStructurizr(text, files);
      expect(structurizr).toMatchObject(expected);
      expect([...structurizr.links].sort()).toEqual(linked(file));

      expect(readByAdrs(text)).toMatchObject({ ...expected, number: link?.number, deciders });
      expect(problemsByMdbookLint(file, text)).toEqual([]);
    });
  },
);

describe('what the readers do with other headers', () => {
  const plain =
    '---\nstatus: superseded\ndate: 2026-01-02\n---\n\n# Use X\n\n## Context and Problem Statement\n';

  test('log4brains takes front matter without our last line for a heading, and a superseded record for accepted', async () => {
    expect(await readByLog4brains(plain)).toMatchObject({ status: 'accepted', date: null });
  });
  test('adr-log loses a title behind a blank line', () => {
    expect(readByAdrLog(plain).title).toBe('');
  });
  test('adrs drops a record without a number', () => {
    expect(readByAdrs(plain)).toBeNull();
  });
  test('Structurizr keeps the quotes of a quoted status and loses a link with brackets behind it', () => {
    const quoted = `---\nstatus: "accepted"\n---\n# T\n\nSee [x](0001-x.md) (again)\n`;
    expect(readByStructurizr(quoted, ['0001-x.md'])).toMatchObject({ status: '"accepted"', links: [] });
  });
  test('mdbook-lint finds what is left open', () => {
    const open = '---\nstatus: approved\ndate: soon\n---\n# T\n\n## Context and Problem Statement\n\nTODO\n';
    expect(problemsByMdbookLint('0001-t.md', open)).toEqual(
      expect.arrayContaining(['ADR007', 'ADR008', 'ADR014', 'ADR015', 'ADR016', 'ADR017']),
    );
  });
});
