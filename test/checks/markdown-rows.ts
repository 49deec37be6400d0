/**
 * Rows of tables that many pages share, taken out so that each is read once. A row is one line, its cells see nothing of
 * the page but the head of their table; rows that may look further (references, emphasis, HTML, anchors of the page
 * itself) stay where they are.
 */

/** A row with the head of its table. */
export interface Row {
  readonly head: string;
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}
export interface Divided {
  /** The page without those rows. */
  readonly rest: string;
  /** For each line of the rest its line on the page. */
  readonly lines: readonly number[];
  readonly rows: readonly Row[];
}

const DELIMITER = /^\|(?: ?:?-+:? ?\|)+$/;
const FENCE = /^\s*(?:`{3}|~{3})/;
const CODE_OR_LINK = /`[^`]*`|\[[^\][]*\]\([^#()][^()]*\)/g;

export function divided(page: string): Divided {
  const all = page.split('\n');
  const rest: string[] = [];
  const lines: number[] = [];
  const rows: Row[] = [];
  let head: string | null = null;
  let isCode = page.startsWith('---');
  for (const [index, text] of all.entries()) {
    if (FENCE.test(text)) isCode = !isCode;
    if (!text.startsWith('|')) head = null;
    if (head !== null && !/[[\]*_<]/.test(text.replace(CODE_OR_LINK, ''))) {
      rows.push({ head, text, line: index + 1 });
      continue;
    }
    if (!isCode && head === null && DELIMITER.test(text)) head = `${all[index - 1]}\n${text}`;
    rest.push(text);
    lines.push(index + 1);
  }
  return { rest: rest.join('\n'), lines, rows };
}

/** So few that markdownlint, which looks at all cells of a table for each of them, is quick. */
const ROWS_AT_ONCE = 20;
const BEFORE = ['# Rows', ''];

/** Pages of tables with each of the rows once, by their text; each row with the line that it has there. */
export function pagesOfRows(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const byHead = new Map<string, Set<string>>();
  for (const { head, text } of rows) byHead.set(head, (byHead.get(head) ?? new Set()).add(text));
  const pages = new Map<string, readonly Row[]>();
  for (const [head, texts] of byHead) {
    const left = [...texts];
    while (left.length > 0) {
      const some = left.splice(0, ROWS_AT_ONCE);
      const before = BEFORE.length + head.split('\n').length;
      const page = `${[...BEFORE, head, ...some].join('\n')}\n`;
      pages.set(
        page,
        some.map((text, index) => ({ head, text, line: before + index + 1 })),
      );
    }
  }
  return pages;
}

export const keyOf = ({ head, text }: Row): string => `${head}\n${text}`;
