import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { adrToolsPage } from '../../build/adr-tools-page.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { shippedCatalogue as catalogue } from '../content/shipped.ts';

const root = join(import.meta.dirname, '../..');

describe('docs/adr-tools.md', () => {
  const page = readFileSync(join(root, 'docs/adr-tools.md'), 'utf8');

  test('is what the parsers and the rules say today; where it is not: npm run docs', async () => {
    expect(await adrToolsPage(root, catalogue)).toBe(page);
  });
  test('has no tool that reads anything wrong, and no linter with a finding', () => {
    const rows = page.split('\n').filter(line => line.startsWith('| ') && !line.includes('---'));
    expect(rows.length).toBeGreaterThan(6);
    expect(rows.filter(row => /\| no/.test(row))).toEqual([]);
    expect(page.match(/no finding/g)).toHaveLength(2);
  });
  test('is Markdown without faults', async () => {
    expect(await checkMarkdown(new Map([['adr-tools.md', page]]))).toEqual([]);
  });
});
