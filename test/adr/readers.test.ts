/** What other tools make of headers that are not ours: the reason why ours look as they do. */
import { describe, expect, test } from 'vitest';
import {
  problemsByMdbookLint,
  readByAdrLog,
  readByAdrs,
  readByLog4brains,
  readByStructurizr,
} from './readers.ts';

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
