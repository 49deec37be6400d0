/** Whatever people write comes back as text: names and reasons never become markup, links, headings or front matter. */
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { numberAdrs } from '../../src/adr/number.ts';
import { writeAdrs } from '../../src/adr/write.ts';
import type { Project } from '../../src/content/project.ts';
import { checkMarkdown, descend, parseMarkdown } from '../checks/markdown.ts';
import { checkMermaid } from '../checks/mermaid.ts';
import { catalogue } from './catalogue-fixture.ts';
import { parseRecord } from './parse-record.ts';
import { decided, flips, mesh, platform, stack } from './stack-fixture.ts';

const HOSTILE = [
  'a"b\'c`d',
  '${jndi:x} {{ .Values }} $(id)',
  '[click](https://evil.example) ![x](y.png)',
  '<script>alert(1)</script> <!-- -->',
  '# heading * star _under_ ~tilde~ | pipe',
  '---',
  'line one\n---\n# line two\n* Status: accepted',
  'next\u2028line \u202egnp.exe \u0007 bell',
  'https://evil.example www.evil.example a@b.example',
  'Dr. Smith. She said so! Why? Because',
];

function treeOf(text: string): ReadonlyMap<string, string> {
  const project: Project = { name: text, organisation: text, deciders: [text, 'Ana'], teams: [text] };
  const pinned = decided('mesh', 'linkerd', {
    ...mesh,
    pick: 'linkerd',
    pinned: {
      pin: { choose: 'linkerd', because: text, owner: text, approver: text, expires: '2027-01-01' },
      instead: 'none',
      against: null,
    },
  });
  const run = { ...stack, outcomes: [platform, pinned] };
  const numbers = numberAdrs(run, catalogue);
  const checks = [{ decision: 'mesh', says: text, command: text, path: text }];
  return writeAdrs({ stack: run, catalogue, project, flips, numbers, checks });
}

const MARKUP =
  /^(atxHeading|setextHeading|link|image|html|definition|thematicBreak|blockQuote|listUnordered|listOrdered|table|codeFenced|codeIndented|emphasis|strong|literalAutolink)/;

async function markupOf(
  tree: ReadonlyMap<string, string>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const pages = [...tree].filter(([path]) => path.endsWith('.md'));
  const kinds = pages.map(async ([path, page]) => {
    const tokens = descend(await parseMarkdown(page)).map(token => token.type);
    return [path, tokens.filter(type => MARKUP.test(type))] as const;
  });
  return Object.fromEntries(await Promise.all(kinds));
}
const calm = markupOf(treeOf('shop'));

describe.each(HOSTILE)('the text %j', text => {
  const tree = treeOf(text);
  const pages = [...tree].filter(([path]) => path.endsWith('.md'));

  test('adds no block, link, image, markup or heading to any page', async () => {
    expect(await markupOf(tree)).toEqual(await calm);
  });
  test('leaves Markdown, links, diagrams and JSON whole', async () => {
    expect((await checkMarkdown(tree)).filter(finding => finding.code !== 'MD034')).toEqual([]);
    expect(await checkMermaid(tree)).toEqual([]);
    const index = JSON.parse(tree.get('decisions.json') ?? '');
    expect(index.decisions[1].pin).toMatchObject({ because: text, owner: text });
  });
  test('keeps the front matter to its keys, with the names as given', () => {
    for (const [path, page] of pages.filter(([file]) => /^\d{4}-/.test(file))) {
      const yaml = parse(/^---\n([\s\S]*?)\n---\n/.exec(page)?.[1] ?? '', { schema: 'core' });
      expect(Object.keys(yaml), path).toEqual([
        'number',
        'status',
        'date',
        'decision-makers',
        'tags',
        'links',
      ]);
      const [name, second] = yaml['decision-makers'];
      expect(name.replace(/\s+/g, ' ')).toBe(text.replaceAll('|', '/').replace(/\s+/g, ' ').trim());
      expect(second).toBe('Ana');
      expect(parseRecord(path, page).header.get('status')).toBe('proposed');
    }
  });
});
