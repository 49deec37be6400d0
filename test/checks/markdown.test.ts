/** Each line of the tables is one way to break a page; the check names it. */
import { describe, expect, test } from 'vitest';
import { checkMarkdown } from './markdown.ts';
import { checkMermaid } from './mermaid.ts';

const page = (text: string): ReadonlyMap<string, string> =>
  new Map([
    ['docs/page.md', text],
    ['docs/other.md', '# Other page\n\n## A part (of it)\n'],
    ['src/main.tf', ''],
  ]);

const TABLE = '# Page\n\n| One |\n| --- |\n| a |\n';
const TWO = '# Page\n\n| One | Two |\n| --- | --- |\n| a | b |\n';
const CODE = '# Page\n\n```sh\nls\n';

describe('pages', () => {
  test('that are clean give no finding', async () => {
    const links = 'See [one](other.md#a-part-of-it), [two](../src/main.tf), [three](../src), [four](#page).';
    expect(await checkMarkdown(page(`# Page\n\n${links}\n`))).toEqual([]);
    for (const row of ['| [it](other.md) |', '| [it](other.md) and `*` |', '| a |'])
      expect(await checkMarkdown(page(`${TABLE}${row}\n`))).toEqual([]);
    const code = [
      '```sh\n$ ls\nx\n```',
      '````md\n```\n\n\n# x\n```\n````',
      '1. one\n\n   ```sh\n   ls\n\n     x\n   ```',
    ];
    for (const block of code) expect(await checkMarkdown(page(`# Page\n\n${block}\n`))).toEqual([]);
  });
  test('have an anchor for each heading, as often as it stands there', async () => {
    const pages = new Map([
      [
        'page.md',
        '# Page\n\nSee [one](other.md#a-part), [two](other.md#a-part-1), [three](other.md#up-to-2).\n',
      ],
      ['other.md', '---\nstatus: new\n---\n# Other page\n\n## A `part`\n\n## A part\n\n## Up to 2\n'],
    ]);
    expect(await checkMarkdown(pages)).toEqual([]);
    const less = new Map(pages).set('other.md', '# Other page\n\n## A part\n\n## Up to 2\n');
    expect(await checkMarkdown(less)).toEqual([
      { file: 'page.md', line: 3, code: 'dead-anchor', message: 'other.md#a-part-1 leads to no heading' },
    ]);
  });
  test.each([
    ['a dead link', '# Page\n\nSee [it](gone.md).\n', 'dead-link', 3],
    ['a link out of the tree', '# Page\n\nSee [it](../../etc/passwd).\n', 'dead-link', 3],
    ['a dead anchor', '# Page\n\nSee [it](other.md#gone).\n', 'dead-anchor', 3],
    ['two first headings', '# Page\n\n# Page two\n', 'MD025', 3],
    ['a dead link in a table', `${TABLE}| see [it](gone.md) |\n`, 'dead-link', 6],
    ['a row without space', `${TABLE}|b|\n`, 'MD060', 6],
    ['a row of two cells', `${TABLE}| b | c |\n`, 'MD056', 6],
    ['a bare address in a table', `${TABLE}| https://example.com |\n`, 'MD034', 6],
    ['a bare address in the second cell', `${TWO}| a | https://example.com |\n`, 'MD034', 6],
    ['a dead link in the second cell', `${TWO}| a | see [it](gone.md) |\n`, 'dead-link', 6],
    ['a row of one cell for two', `${TWO}| a |\n`, 'MD056', 6],
    ['two spaces before a cell', `${TWO}|  a | b |\n`, 'MD060', 6],
    ['spaces within code of a cell', `${TWO}| a | see \`it  \` |\n`, 'MD038', 6],
    ['a tab within a block of code', `${CODE}\tls\n\`\`\`\n`, 'MD010', 5],
    ['signs of a shell before all commands', '# Page\n\n```sh\n$ ls\n\n$ cat x\n```\n', 'MD014', 4],
    ['a block of code without a language', '# Page\n\n```\nls\n```\n', 'MD040', 3],
    ['a text right after a block of code', `${CODE}ls\n\`\`\`\nx\n`, 'MD031', 6],
    [
      'a dead link after a block within a block',
      `${CODE}x\n~~~\n\`\`\`\n\nSee [it](gone.md).\n`,
      'dead-link',
      9,
    ],
    ['a reference that is nowhere in a table', `${TABLE}| [it][gone] |\n`, 'MD052', 6],
    ['a dead link in a list', '# Page\n\n* one\n* see [it](gone.md)\n', 'dead-link', 4],
    ['a bare address in a list', '# Page\n\n1. one\n2. see https://example.com\n', 'MD034', 4],
    ['a link to nowhere', '# Page\n\nOne.\nSee [it]().\n', 'MD042', 4],
    ['spaces within code', '# Page\n\nOne.\n\nSee `it  `.\n', 'MD038', 5],
    ['a text that ends in a space', '# Page\n\nOne. \n', 'MD009', 3],
    ['two bullets', '# Page\n\n* one\n- two\n', 'MD004', 4],
    ['a list without space around it', '# Page\n* one\n', 'MD022', 1],
    ['a heading that ends like a sentence', '# Page\n\n## One.\n', 'MD026', 3],
    ['a heading two levels down', '# Page\n\n### One\n', 'MD001', 3],
    ['two spaces before a heading', '# Page\n\n##  One\n', 'MD019', 3],
    ['a heading that is closed', '# Page\n\n## One ##\n', 'MD003', 3],
    ['a heading right before a text', '# Page\n\n## One\nx\n', 'MD022', 3],
    ['a bare address in a heading', '# Page\n\n## See https://example.com\n', 'MD034', 3],
    ['a dead link in a heading', '# Page\n\n## See [it](gone.md)\n', 'dead-link', 3],
    ['an anchor on the page itself that is nowhere', '# Page\n\n## One\n\n[It](#two).\n', 'MD051', 5],
    ['a tab within a text', '# Page\n\nOne\ttwo.\n', 'MD010', 3],
    ['a tab within a cell', `${TWO}| a | b\tc |\n`, 'MD010', 6],
    ['a bare address behind a number', '# Page\n\n2 of https://example.com\n', 'MD034', 3],
    ['a list that begins with 2', '# Page\n\n2. one\n', 'MD029', 3],
    ['a bare address behind an escaped sign', '# Page\n\nAt \\>=1 of https://example.com\n', 'MD034', 3],
    [
      'a dead link below front matter',
      '---\nstatus: new\ndate: 2026-11-20\n---\n# Page\n\n## One\n\nSee [it](gone.md).\n',
      'dead-link',
      9,
    ],
    ['a title in the front matter beside a heading', '---\ntitle: x\n---\n# Page\n', 'MD025', 4],
  ])('with %s are found', async (_name, text, code, line) => {
    expect(await checkMarkdown(page(text))).toContainEqual(
      expect.objectContaining({ file: 'docs/page.md', code, line }),
    );
  });
});

describe('diagrams', () => {
  test('that Mermaid reads give no finding', async () => {
    expect(await checkMermaid(page('# Page\n\n```mermaid\nflowchart TD\n  a["x"] --> b\n```\n'))).toEqual([]);
  });
  test.each(['flowchart TD\n  a["x --> b', 'flowchat TD\n  a --> b', 'flowchart TD\n  end --> b['])(
    'that it refuses are found: %s',
    async text => {
      expect(await checkMermaid(page(`# Page\n\n\`\`\`mermaid\n${text}\n\`\`\`\n`))).toEqual([
        expect.objectContaining({ file: 'docs/page.md', line: 3, code: 'no-mermaid' }),
      ]);
    },
  );
});
