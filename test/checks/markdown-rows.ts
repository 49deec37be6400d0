/**
 * Rows of tables and lines of text that many pages share, taken out so that each is read once. Each is one line that
 * sees nothing of the page but the head of its table, or that it is text; those that may look further (references,
 * emphasis, HTML, code over several lines, anchors of the page itself) stay where they are. A line of text leaves a word
 * in its place, behind the indent and the bullet that it had, so that the page keeps its form. So does a heading, and a
 * line of code, in which markdownlint looks for tabs and the sign of a shell alone. Of front matter it reads the title
 * alone, and counts no line. A row as it has to be, with as many cells as its table, is read as its cells, each a text.
 */

/** A row with the head of its table, or a line of text. */
export interface Row {
  readonly head: string;
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}
export interface Divided {
  /** The page without those rows and texts. */
  readonly rest: string;
  /** For each line of the rest its line on the page. */
  readonly lines: readonly number[];
  readonly rows: readonly Row[];
  /** Texts of the headings that were taken out, by their line on the page. */
  readonly headings: ReadonlyMap<number, string>;
}

/** The head of a line of text. */
const TEXT = '';
const DELIMITER = /^\|(?: ?:?-+:? ?\|)+$/;
const FENCE = /^( *)(`{3,}|~{3,})(.*)$/;
const CODE_OR_LINK = /`[^`]*`|\[[^\][]*\]\([^#()][^()]*\)|\\[<>*_]/g;
const LINE = /^( {0,3}(?:(?:[*+-]|\d+[.)]) {1,3})?)((?!\d+[.)])[\p{L}\d"'(`[].*\S)$/u;
/** Without what markdownlint finds at the end of one. */
const HEADING = /^(#{1,6} )(.*[^\s.,;:!。，；：！#])$/;
const HTML = /^ *</m;

export function divided(page: string): Divided {
  const all = page.split('\n');
  const rest: string[] = [];
  const lines: number[] = [];
  const rows: Row[] = [];
  const headings = new Map<number, string>();
  const afterFrontMatter = page.startsWith('---\n') ? all.indexOf('---', 1) + 1 : 0;
  const hasTitle = all.slice(0, afterFrontMatter).some(line => line.includes('title'));
  const hasHtml = HTML.test(page);
  const hasHeadingsToRead = hasTitle || page.includes('](#');
  let head: string | null = null;
  let code: Code | null = null;
  for (const [index, text] of all.entries()) {
    if (!hasTitle && index < afterFrontMatter) continue;
    const before: Code | null = code;
    code = codeAfter(before, text);
    const isCode = code !== null;
    const isFence = code !== before;
    if (!text.startsWith('|')) head = null;
    if (head !== null && !/[[\]*_<]/.test(text.replace(CODE_OR_LINK, ''))) {
      const cells = cellsOf(head, text) ?? [{ head, text }];
      rows.push(...cells.map(cell => ({ ...cell, line: index + 1 })));
      continue;
    }
    if (!isCode && head === null && DELIMITER.test(text)) head = `${all[index - 1]}\n${text}`;
    const isText = index >= afterFrontMatter && !isCode && !isFence && !hasHtml;
    const [, indent = '', line] = (isText && LINE.exec(text)) || [];
    const isPlain = line !== undefined && isAlone(line);
    const [, mark, heading = ''] = (isText && !hasHeadingsToRead && HEADING.exec(text)) || [];
    if (mark !== undefined && isPlainText(heading)) {
      if (!ONLY_WORDS.test(heading)) rows.push({ head: TEXT, text: heading, line: index + 1 });
      headings.set(index + 1, heading);
      rest.push(`${mark}x`);
      lines.push(index + 1);
      continue;
    }
    if (isPlain && !ONLY_WORDS.test(line)) rows.push({ head: TEXT, text: line, line: index + 1 });
    const isPlainCode = code !== null && !isFence && !hasHtml && isPlainIn(code, text);
    const left = isPlain ? `${indent}x` : isPlainCode ? `${code?.indent}x` : text;
    // A list of many items is one of two, and empty lines say nothing in code.
    if (isCode && !hasHtml && text === '') continue;
    if ((isPlain || isPlainCode) && left === rest.at(-1) && left === rest.at(-2)) continue;
    rest.push(left);
    lines.push(index + 1);
  }
  return { rest: rest.join('\n'), lines, rows, headings };
}

/** An open block of code. */
interface Code {
  readonly indent: string;
  readonly fence: string;
}

function codeAfter(before: Code | null, text: string): Code | null {
  const [, indent = '', fence = '', info = ''] = FENCE.exec(text) ?? [];
  if (fence === '') return before;
  if (before === null) return { indent, fence };
  return fence.startsWith(before.fence) && info.trim() === '' ? null : before;
}

function isPlainIn({ indent }: Code, text: string): boolean {
  return text !== '' && text.startsWith(indent) && !/\t|^ *\$/.test(text);
}

/** Whether nothing of it looks further than the line. */
function isAlone(text: string): boolean {
  return !/[[\]*_<`|]/.test(text.replace(CODE_OR_LINK, ''));
}

/** Whether it could stand as a line of text, without a bullet. */
const isPlainText = (text: string): boolean => LINE.exec(text)?.[2] === text && isAlone(text);

const ROW = /^\|(?: [^|\s](?:[^|]*[^|\s])? \|)+$/;
/** In this nothing could be found, and no link. */
const ONLY_WORDS = /^(?!.*(?:www\.|:\/\/))[^[\]*_<`|\\&!@\t]*$/;

/** Null where the row is to be read within its table. */
function cellsOf(head: string, row: string): readonly Omit<Row, 'line'>[] | null {
  if (!ROW.test(row) || row.includes('\\')) return null;
  const cells = row.slice(2, -2).split(' | ');
  const delimiter = head.slice(head.indexOf('\n') + 1);
  if (cells.length !== delimiter.split('|').length - 2) return null;
  const texts = cells.filter(cell => !ONLY_WORDS.test(cell));
  return texts.every(isPlainText) ? texts.map(text => ({ head: TEXT, text })) : null;
}

/** So few that markdownlint, which looks at all cells of a table for each of them, is quick. */
const ROWS_AT_ONCE = 20;
const TEXTS_AT_ONCE = 200;
const BEFORE = ['# Rows', ''];

/** Pages of tables and of texts with each of the rows once, by their text; each row with the line that it has there. */
export function pagesOfRows(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const byHead = new Map<string, Set<string>>();
  for (const { head, text } of rows) byHead.set(head, (byHead.get(head) ?? new Set()).add(text));
  const pages = new Map<string, readonly Row[]>();
  for (const [head, texts] of byHead) {
    const isText = head === TEXT;
    const before = isText ? BEFORE : [...BEFORE, ...head.split('\n')];
    const between = isText ? 2 : 1;
    const left = [...texts];
    while (left.length > 0) {
      const some = left.splice(0, isText ? TEXTS_AT_ONCE : ROWS_AT_ONCE);
      pages.set(
        `${[...before, some.join('\n'.repeat(between))].join('\n')}\n`,
        some.map((text, index) => ({ head, text, line: before.length + between * index + 1 })),
      );
    }
  }
  return pages;
}

export const keyOf = ({ head, text }: Row): string => `${head}\n${text}`;
