import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { optionsPage } from '../../build/options-page.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { shippedCatalogue as catalogue } from '../content/shipped.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/options.md'), 'utf8');

describe('docs/options.md', () => {
  test('is what the content says today; where it is not: npm run docs', () => {
    expect(page === optionsPage(catalogue), 'run: npm run docs').toBe(true);
  });

  test('has every option, every rule and every fact', () => {
    for (const { options, rules } of catalogue.decisions) {
      for (const { id } of options) expect(page).toContain(`(\`${id}\`) |`);
      for (const { facts } of rules)
        for (const id of facts) expect(page).toContain(`[${id}](#${id.toLowerCase()})`);
    }
    expect(page.match(/^### /gm)).toHaveLength(catalogue.facts.length);
    const told = page.match(/^\| .* \| (?:for|against|ruled out), /gm)?.length ?? 0;
    const said = catalogue.decisions.flatMap(({ rules }) =>
      rules.flatMap(rule => [...rule.favors, ...rule.disfavors, ...(rule.rulesOut?.options ?? [])]),
    );
    expect(told).toBe(said.length);
  });

  test('is Markdown without faults, and its links end somewhere', async () => {
    const pages = new Map([
      // Rows whose links name the page that they are on can be read apart from it, which is quicker by a third.
      ['options.md', page.replaceAll('](#', '](options.md#')],
      ['verdicts.md', readFileSync(join(root, 'docs/verdicts.md'), 'utf8')],
    ]);
    const findings = await checkMarkdown(pages);
    // What verdicts.md leads to is not here.
    expect(findings.filter(({ file, code }) => file === 'options.md' || code !== 'dead-link')).toEqual([]);
  });
});
