/**
 * Checks emitted Markdown offline: markdownlint with MADR's settings, and that every relative link ends at a file of
 * the tree and every anchor at a heading.
 *
 *     expect(await checkMarkdown(files)).toEqual([]);
 */
import { posix } from 'node:path';
import { type LintError, lint, type MarkdownToken } from 'markdownlint-cli2/markdownlint/promise';
import type { FileTree } from '../../src/files/tree.ts';

export interface MarkdownFinding {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly code: string;
  readonly message: string;
}
interface MarkdownLink {
  readonly line: number;
  readonly text: string;
  readonly target: string;
}

/** MADR's: one sentence per line makes lines long, and the chosen option repeats as a heading. */
const MADR_CONFIG = { default: true, MD013: false, MD024: false };

/** All findings in `*.md`, by file; an empty list means that nothing was found. */
export async function checkMarkdown(files: FileTree): Promise<readonly MarkdownFinding[]> {
  const documents = new Map([...files].filter(([path]) => path.endsWith('.md')));
  const { errors, tokens } = await read(documents, MADR_CONFIG, 'skipped');
  const anchors = new Map([...tokens].map(([file, all]) => [file, anchorsOf(all)]));
  return [...documents.keys()].flatMap(file => [
    ...(errors[file] ?? []).map(error => ({
      file,
      line: error.lineNumber,
      code: error.ruleNames[0] ?? 'markdownlint',
      message: [error.ruleDescription, error.errorDetail, error.errorContext].filter(Boolean).join(': '),
    })),
    ...checkLinks(file, linksIn(tokens.get(file) ?? []), files, anchors),
  ]);
}

/** The tokens of CommonMark with GitHub's tables. Front matter is read as Markdown too when asked for. */
export async function parseMarkdown(
  text: string,
  frontMatter: 'skipped' | 'as-markdown' = 'skipped',
): Promise<readonly MarkdownToken[]> {
  const { tokens } = await read(new Map([['document', text]]), { default: false }, frontMatter);
  return tokens.get('document') ?? [];
}

/** One pass of markdownlint over all documents; a rule of ours hands the tokens over. */
async function read(
  documents: ReadonlyMap<string, string>,
  config: Readonly<Record<string, unknown>>,
  frontMatter: 'skipped' | 'as-markdown',
): Promise<{
  readonly errors: Readonly<Record<string, readonly LintError[]>>;
  readonly tokens: ReadonlyMap<string, readonly MarkdownToken[]>;
}> {
  const tokens = new Map<string, readonly MarkdownToken[]>();
  const errors = await lint({
    strings: Object.fromEntries(documents),
    config: { ...config, 'read-tokens': true },
    ...(frontMatter === 'as-markdown' ? { frontMatter: null } : {}),
    customRules: [
      {
        names: ['read-tokens'],
        description: 'hands the tokens over',
        tags: ['tokens'],
        parser: 'micromark',
        function: ({ name, parsers }) => {
          tokens.set(name, parsers.micromark.tokens);
        },
      },
    ],
  });
  return { errors, tokens };
}

function linksIn(tokens: readonly MarkdownToken[]): readonly MarkdownLink[] {
  return descend(tokens)
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

function checkLinks(
  file: string,
  links: readonly MarkdownLink[],
  files: FileTree,
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
): readonly MarkdownFinding[] {
  const paths = [...files.keys()];
  return links.flatMap(({ line, target }) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return [];
    const [path = '', anchor] = decodeURI(target).split('#');
    const resolved = path === '' ? file : posix.normalize(posix.join(posix.dirname(file), path));
    const isFolder = paths.some(other => other.startsWith(`${resolved.replace(/\/$/, '')}/`));
    if (!files.has(resolved) && !isFolder) {
      return [{ file, line, code: 'dead-link', message: `${target} leads to no file of the tree` }];
    }
    const isDead = anchor !== undefined && files.has(resolved) && !anchors.get(resolved)?.has(anchor);
    return isDead ? [{ file, line, code: 'dead-anchor', message: `${target} leads to no heading` }] : [];
  });
}

/** As GitHub makes them. */
function anchorsOf(tokens: readonly MarkdownToken[]): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const token of descend(tokens)) {
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
