/**
 * Checks emitted Markdown offline: markdownlint with MADR's settings, and that every relative link ends at a file of
 * the tree and every anchor at a heading.
 *
 *     expect(await checkMarkdown(files)).toEqual([]);
 */
import { posix } from 'node:path';
import { type LintError, lint, type MarkdownToken } from 'markdownlint-cli2/markdownlint/promise';
import type { FileTree } from '../../src/files/tree.ts';
import { divided, keyOf, pagesOfRows } from './markdown-rows.ts';

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
const MADR_CONFIG = { default: true, MD013: false, MD024: false, MD060: { style: 'compact' } };

/** All findings in `*.md`, by file; an empty list means that nothing was found. */
export function checkMarkdown(files: FileTree): Promise<readonly MarkdownFinding[]> {
  return checkMarkdownOf([files]);
}

/** The same of several trees at once; a page that they share is read once, its links are followed in each. */
export async function checkMarkdownOf(trees: readonly FileTree[]): Promise<readonly MarkdownFinding[]> {
  const pages = trees.map(files => new Map([...files].filter(([path]) => path.endsWith('.md'))));
  const documents = new Map(pages.flatMap(each => [...each].map(([path, text]) => [text, path] as const)));
  await readPages([...documents.keys()].filter(text => !known.has(text)));
  const written = [...documents].flatMap(([text, file]) =>
    (known.get(text)?.errors ?? []).map(error => ({ file, ...error })),
  );
  return [
    ...written,
    ...pages.flatMap((each, index) =>
      [...each].flatMap(([file, text]) =>
        checkLinks(file, known.get(text)?.links ?? [], trees[index] ?? new Map()),
      ),
    ),
  ];
}

interface Page {
  readonly errors: readonly Omit<MarkdownFinding, 'file'>[];
  readonly links: readonly MarkdownLink[];
  readonly anchors: ReadonlySet<string>;
}

/** Pages by their text: trees of one worker's tests share most of them. */
const known = new Map<string, Page>();
/** Links by row of a table in which nothing was found. */
const cleanRows = new Map<string, readonly MarkdownLink[]>();
/** What is left of pages without those rows, in which nothing was found: most pages of a kind have the same form. */
const cleanRests = new Map<string, Outline>();

interface Outline {
  readonly links: readonly MarkdownLink[];
  readonly headings: readonly { readonly line: number; readonly text: string }[];
}

/** Without the rows of tables that were read before. Where anything is found, whole pages are read, for every place. */
async function readPages(texts: readonly string[]): Promise<void> {
  const pages = new Map(texts.map(text => [text, divided(text)] as const));
  const rows = [...pages.values()].flatMap(page => page.rows);
  const tables = pagesOfRows(rows.filter(row => !cleanRows.has(keyOf(row))));
  const rests = new Set([...pages.values()].map(({ rest }) => rest).filter(rest => !cleanRests.has(rest)));
  const { errors, tokens } = await readAll([...rests, ...tables.keys()]);
  if (Object.values(errors).some(found => found.length > 0)) return readWhole(texts);
  for (const [table, those] of tables) {
    const links = linksIn(descend(tokens.get(table) ?? []));
    for (const row of those)
      cleanRows.set(
        keyOf(row),
        links.filter(({ line }) => line === row.line),
      );
  }
  for (const rest of rests) cleanRests.set(rest, outlineOf(tokens.get(rest) ?? []));
  for (const [text, { rest, lines, rows: taken, headings }] of pages) {
    const outline = cleanRests.get(rest);
    const lineOf = (line: number): number => lines[line - 1] ?? line;
    const left = outline?.links.map(link => ({ ...link, line: lineOf(link.line) })) ?? [];
    const inRows = taken.flatMap(row =>
      (cleanRows.get(keyOf(row)) ?? []).map(link => ({ ...link, line: row.line })),
    );
    const titles = outline?.headings.map(({ line, text: own }) => headings.get(lineOf(line)) ?? own) ?? [];
    known.set(text, { errors: [], links: [...left, ...inRows], anchors: anchorsOf(titles) });
  }
}

async function readWhole(texts: readonly string[]): Promise<void> {
  const { errors, tokens } = await readAll(texts);
  for (const text of texts) {
    const { links, headings } = outlineOf(tokens.get(text) ?? []);
    known.set(text, {
      errors: (errors[text] ?? []).map(error => ({
        line: error.lineNumber,
        code: error.ruleNames[0] ?? 'markdownlint',
        message: [error.ruleDescription, error.errorDetail, error.errorContext].filter(Boolean).join(': '),
      })),
      links,
      anchors: anchorsOf(headings.map(heading => heading.text)),
    });
  }
}

const readAll = (texts: readonly string[]) =>
  read(new Map(texts.map(text => [text, text])), MADR_CONFIG, 'skipped');

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
  const errors: Record<string, readonly LintError[]> = {};
  const all = [...documents];
  for (let first = 0; first < all.length; first += AT_ONCE) {
    const found = await lint({
      strings: Object.fromEntries(all.slice(first, first + AT_ONCE)),
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
    Object.assign(errors, found);
  }
  return { errors, tokens };
}
/** markdownlint goes from one document to the next by calling itself: thousands of them are more than a stack holds. */
const AT_ONCE = 200;

function linksIn(all: readonly MarkdownToken[]): readonly MarkdownLink[] {
  return all
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
  const all: MarkdownToken[] = [];
  const add = (token: MarkdownToken): void => {
    all.push(token);
    token.children.forEach(add);
  };
  tokens.forEach(add);
  return all;
}

function checkLinks(
  file: string,
  links: readonly MarkdownLink[],
  files: FileTree,
): readonly MarkdownFinding[] {
  return links.flatMap(({ line, target }) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return [];
    const [path = '', anchor] = decodeURI(target).split('#');
    const resolved = path === '' ? file : posix.normalize(posix.join(posix.dirname(file), path));
    const isThere = files.has(resolved) || isFolder(files, resolved);
    if (!isThere) {
      return [{ file, line, code: 'dead-link', message: `${target} leads to no file of the tree` }];
    }
    const isDead =
      anchor !== undefined &&
      files.has(resolved) &&
      !known.get(files.get(resolved) ?? '')?.anchors.has(anchor);
    return isDead ? [{ file, line, code: 'dead-anchor', message: `${target} leads to no heading` }] : [];
  });
}

function isFolder(files: FileTree, path: string): boolean {
  const start = `${path.replace(/\/$/, '')}/`;
  for (const other of files.keys()) if (other.startsWith(start)) return true;
  return false;
}

function outlineOf(tokens: readonly MarkdownToken[]): Outline {
  const all = descend(tokens);
  const headings = all.filter(token => token.type === 'atxHeadingText');
  return {
    links: linksIn(all),
    headings: headings.map(({ startLine, text }) => ({ line: startLine, text })),
  };
}

/** As GitHub makes them. */
function anchorsOf(headings: readonly string[]): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const heading of headings) {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count++) unique = `${anchor}-${count}`;
    anchors.add(unique);
  }
  return anchors;
}
