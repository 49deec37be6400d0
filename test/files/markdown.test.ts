import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import {
  frontMatterValue,
  markdownCell,
  markdownCode,
  markdownCodeBlock,
  markdownCodeCell,
  markdownComment,
  markdownLink,
  markdownRow,
  markdownText,
  markdownWithCode,
} from '../../src/files/markdown.ts';
import { hostileText } from './hostile-text.ts';

interface Token {
  readonly type: string;
  readonly content: string;
  readonly children: readonly Token[] | null;
  attrGet(name: string): string | null;
}
/** The parser of log4brains and markdownlint, with links made of bare addresses; it comes with markdownlint-cli2. */
const { default: MarkdownIt } = (await import(
  createRequire(fileURLToPath(import.meta.resolve('markdownlint-cli2'))).resolve('markdown-it')
)) as { default: new (options: object) => { parse(source: string, env: object): Token[] } };
const markdownIt = new MarkdownIt({ linkify: true, html: true });

/** Block tokens, and the inline ones in them as `type:content`; texts in a row are one. */
function read(source: string): { blocks: string[]; inline: string[] } {
  const tokens = markdownIt.parse(source, {});
  const inline: string[] = [];
  for (const token of tokens) {
    let text: string | null = null;
    for (const child of token.children ?? []) {
      if (child.type === 'text' || child.type === 'text_special') {
        text = (text ?? '') + child.content;
        continue;
      }
      if (text !== null) inline.push(`text:${text}`);
      text = null;
      inline.push(
        child.type === 'link_open' ? `link:${child.attrGet('href')}` : `${child.type}:${child.content}`,
      );
    }
    if (text !== null) inline.push(`text:${text}`);
  }
  return { blocks: tokens.map(token => token.type), inline };
}
/** What our text comes to: white space as single spaces, control characters replaced. */
function shown(text: string): string {
  const line = text.replace(/[\s\u0085]+/g, ' ').trim();
  return line.replace(/[\0-\x1f\x7f-\x9f\ufffe\uffff]/g, '\ufffd');
}
const texts = (text: string): string[] => (text === '' ? [] : [`text:${text}`]);

describe('text in Markdown', () => {
  it('is the same text in a paragraph and nothing else', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const { blocks, inline } = read(markdownText(text));
        expect(blocks).toEqual(shown(text) === '' ? [] : ['paragraph_open', 'inline', 'paragraph_close']);
        expect(inline).toEqual(texts(shown(text)));
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same text in a heading, a list item and before a link', () => {
    fc.assert(
      fc.property(hostileText, text => {
        expect(read(`# ${markdownText(text)}\n`).inline).toEqual(texts(shown(text)));
        const item = read(`* ${markdownText(text)}\n`);
        expect(item.inline).toEqual(texts(shown(text)));
        expect(item.blocks.filter(type => type.endsWith('_open') && !type.startsWith('paragraph'))).toEqual([
          'bullet_list_open',
          'list_item_open',
        ]);
        expect(read(`Text ${markdownText(text)}[label](x.md)`).inline.slice(1)).toEqual([
          'link:x.md',
          'text:label',
          'link_close:',
        ]);
      }),
    );
  });

  it('stays in its cell', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, two) => {
        const rows = [
          ['a', 'b', 'c'],
          ['---', '---', '---'],
          [markdownCell(one), markdownCodeCell(two) || '-', 'last'],
        ];
        const { blocks, inline } = read(`${rows.map(markdownRow).join('\n')}\n`);
        expect(blocks.filter(type => type === 'td_open')).toHaveLength(3);
        const code = two.replace(/\r\n|[\n\r\t]/g, ' ').replace(/[^\S ]|[\0-\x1f\x7f-\x9f]/g, '');
        expect(inline.slice(3)).toEqual([
          `text:${shown(one) || '-'}`,
          code === '' ? expect.any(String) : expect.stringContaining('code_inline:'),
          'text:last',
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same text in a code span', () => {
    fc.assert(
      fc.property(hostileText, text => {
        fc.pre(text !== '');
        const { inline } = read(`x${markdownCode(text)}x`);
        const expected = text.replace(/\r\n|[\n\r\t]/g, ' ').replace(INVISIBLE, '\ufffd');
        expect(inline).toEqual(['text:x', `code_inline:${expected}`, 'text:x']);
      }),
      { numRuns: 300 },
    );
  });

  it('stays in its fenced block', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const tokens = markdownIt.parse(`${markdownCodeBlock('sh', text)}after\n`, {});
        expect(tokens.map(token => token.type)).toEqual([
          'fence',
          'paragraph_open',
          'inline',
          'paragraph_close',
        ]);
        const expected = text
          .replace(/\r\n?/g, '\n')
          .replace(/\n$/, '')
          .replace(INVISIBLE, c => ('\n\t'.includes(c) ? c : '\ufffd'));
        expect(tokens[0]?.content).toBe(`${expected}\n`);
      }),
    );
  });

  it('stays in its comment', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const { blocks } = read(`${markdownComment(text)}\n\nafter\n`);
        expect(blocks).toEqual(['html_block', 'paragraph_open', 'inline', 'paragraph_close']);
        expect(markdownComment(text).slice(4, -3)).not.toMatch(/--|[<>\n]/);
      }),
    );
  });
  const INVISIBLE =
    /[\0-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;

  it.each([
    ['a | b', 'a \\| b'],
    ['use `rm`', 'use \\`rm\\`'],
    ['# title', '\\# title'],
    ['1. one', '1\\. one'],
    ['2026', '2026'],
    ['- item', '\\- item'],
    ['oidc_groups _x_', 'oidc_groups \\_x\\_'],
    ['one\ntwo  three', 'one two three'],
    ['mesh\u202egnp', 'mesh&#x202e;gnp'],
    ['bell\u0007', 'bell\ufffd'],
    ['{{ x }}', '\\{\\{ x \\}\\}'],
    ['Shop (EU), 40 services: go!', 'Shop (EU), 40 services: go\\!'],
  ])('writes %j as %s', (text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });
});

describe('a link in Markdown', () => {
  it('has the label as text and one target', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (label, path) => {
        fc.pre(shown(label) !== '');
        const { inline } = read(`see ${markdownLink(label, `https://example.com/${path}`)} now`);
        expect(inline[1]).toMatch(/^link:https:\/\/example\.com\//);
        expect(inline.slice(2)).toEqual([`text:${shown(label)}`, 'link_close:', 'text: now']);
        const target = inline[1]?.slice('link:'.length) ?? '';
        expect(() => new URL(target)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
  it.each([
    ['ADR', '0002-use-flux.md', '[ADR](0002-use-flux.md)'],
    ['a]b', 'x y(1).md', '[a\\]b](x%20y%281%29.md)'],
    ['click', 'javascript:alert(1)', 'click'],
    ['click', 'data:text/html,x', 'click'],
    ['none', '', 'none'],
    ['keeps', 'https://e.example/a%20b?x=1&y=2#z', '[keeps](https://e.example/a%20b?x=1&y=2#z)'],
  ])('links %s to %j as %s', (label, target, expected) => {
    expect(markdownLink(label, target)).toBe(expected);
  });
});

describe('a value in front matter', () => {
  it('reads back from a flow list in both versions of YAML', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const line = text.replace(/[\s\u0085]+/g, ' ').trim();
        const source = `people: [${frontMatterValue(text)}]\n`;
        expect(parseYaml(source, { version: '1.1' })).toEqual({ people: [line] });
        expect(parseYaml(source)).toEqual({ people: [line] });
      }),
    );
  });
});

it('keeps what backticks mark in a text of our own as code, and all else as text', () => {
  expect(markdownWithCode('until `egress_domains` names it_ , `a_b`')).toBe(
    `until \`egress_domains\` ${markdownText('names it_ ,')} \`a_b\``,
  );
  expect(markdownWithCode('one ` alone')).toBe(markdownText('one ` alone'));
});
