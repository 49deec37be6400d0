/**
 * Checks emitted Markdown offline: markdownlint with MADR's settings, and that every relative link ends at a file of
 * the tree and every anchor at a heading.
 *
 *     expect(await checkMarkdown(files)).toEqual([]);
 */
import { posix } from 'node:path';
import { lint, type MarkdownToken } from 'markdownlint-cli2/markdownlint/promise';
import type { FileTree } from '../../src/files/tree.ts';

export interface MarkdownFinding {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly code: string;
  readonly message: string;
}
export interface MarkdownLink {
  readonly line: number;
  readonly text: string;
  readonly target: string;
}

/** MADR's: one sentence per line makes lines long, and the chosen option repeats as a heading. */
const MADR_CONFIG = { default: true, MD013: false, MD024: false };

/** All findings in `*.md`, by file; an empty list means that nothing was found. */
export async function checkMarkdown(files: FileTree): Promise<readonly MarkdownFinding[]> {
  const documents = [...files].filter(([path]) => path.endsWith('.md'));
  const results = await lint({ strings: Object.fromEntries(documents), config: MADR_CONFIG });
  const findings: MarkdownFinding[] = [];
  for (const [file, text] of documents) {
    for (const error of results[file] ?? []) {
      findings.push({
        file,
        line: error.lineNumber,
        code: error.ruleNames[0] ?? 'markdownlint',
        message: [error.ruleDescription, error.errorDetail, error.errorContext].filter(Boolean).join(': '),
      });
    }
    findings.push(...(await checkLinks(file, text, files)));
  }
  return findings;
}

/** The tokens of CommonMark with GitHub's tables. Front matter is read as Markdown too when asked for. */
export async function parseMarkdown(
  text: string,
  frontMatter: 'skipped' | 'as-markdown' = 'skipped',
): Promise<readonly MarkdownToken[]> {
  let tokens: readonly MarkdownToken[] = [];
  await lint({
    strings: { document: text },
    config: { default: false, 'read-tokens': true },
    ...(frontMatter === 'as-markdown' ? { frontMatter: null } : {}),
    customRules: [
      {
        names: ['read-tokens'],
        description: 'hands the tokens over',
        tags: ['tokens'],
        parser: 'micromark',
        function: ({ parsers }) => {
          tokens = parsers.micromark.tokens;
        },
      },
    ],
  });
  return tokens;
}

export async function linksOf(text: string): Promise<readonly MarkdownLink[]> {
  return descend(await parseMarkdown(text))
    .filter(token => token.type === 'link')
    .map(token => {
      const parts = descend(token.children);
      return {
        line: token.startLine,
        text: parts.find(part => part.type === 'labelText')?.text ?? '',
        target: parts.find(part => part.type === 'resourceDestinationString')?.text ?? '',
      };
    });
}

/** Tokens and all that they contain, in the order of the text. */
export function descend(tokens: readonly MarkdownToken[]): readonly MarkdownToken[] {
  return tokens.flatMap(token => [token, ...descend(token.children)]);
}

async function checkLinks(file: string, text: string, files: FileTree): Promise<readonly MarkdownFinding[]> {
  const findings: MarkdownFinding[] = [];
  for (const { line, target } of await linksOf(text)) {
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) continue;
    const [path = '', anchor] = decodeURI(target).split('#');
    const resolved = path === '' ? file : posix.normalize(posix.join(posix.dirname(file), path));
    const linked = files.get(resolved);
    const isFolder = [...files.keys()].some(other => other.startsWith(`${resolved.replace(/\/$/, '')}/`));
    if (linked === undefined && !isFolder) {
      findings.push({ file, line, code: 'dead-link', message: `${target} leads to no file of the tree` });
    } else if (anchor !== undefined && linked !== undefined && !(await anchorsOf(linked)).has(anchor)) {
      findings.push({ file, line, code: 'dead-anchor', message: `${target} leads to no heading` });
    }
  }
  return findings;
}

/** As GitHub makes them. */
async function anchorsOf(text: string): Promise<ReadonlySet<string>> {
  const anchors = new Set<string>();
  for (const token of descend(await parseMarkdown(text))) {
    if (token.type !== 'atxHeadingText') continue;
    const anchor = token.text
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count++) unique = `${anchor}-${count}`;
    anchors.add(unique);
  }
  return anchors;
}
