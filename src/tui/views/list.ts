/** A list of rows with a cursor: numbered, wrapped, and windowed where it is longer than its place. */
import type { Glyphs } from '../glyphs.ts';
import { widthOf } from '../width.ts';
import { windowOf } from '../window.ts';
import { type Line, line, paragraph, span, type Tone, textOf } from './lines.ts';

export interface ListRow {
  readonly key: string;
  readonly label: string;
  /** In front of the label, for instance `[x]`; empty for none. All rows of a list have marks of one width. */
  readonly mark: string;
  /** Below the label while the cursor is on the row. */
  readonly note?: string;
  /** At the end of the label. */
  readonly aside?: string;
  readonly tone?: Tone;
}
export interface ListView {
  readonly lines: readonly Line[];
  /** Rows shown at a time. */
  readonly page: number;
}

export function listView(
  rows: readonly ListRow[],
  cursor: string | null,
  size: { readonly width: number; readonly height: number },
  glyphs: Glyphs,
): ListView {
  const blocks = rows.map((row, index) => rowLines(row, index, row.key === cursor, size.width, glyphs));
  const heights = blocks.map(block => block.length);
  const at = rows.findIndex(row => row.key === cursor);
  const total = heights.reduce((sum, height) => sum + height, 0);
  if (total <= size.height) return { lines: blocks.flat(), page: Math.max(2, rows.length) };
  const { from, to } = windowOf(heights, at, Math.max(1, size.height - 1));
  const shown = blocks
    .slice(from, to)
    .flat()
    .slice(0, Math.max(1, size.height - 1));
  const more = line(`  ${from} above, ${rows.length - to} below`, 'dim');
  return { lines: size.height > 1 ? [...shown, more] : shown, page: Math.max(2, to - from - 1) };
}

function rowLines(
  row: ListRow,
  index: number,
  here: boolean,
  width: number,
  glyphs: Glyphs,
): readonly Line[] {
  const number = index < 9 ? String(index + 1) : ' ';
  const tone: Tone = here ? 'strong' : (row.tone ?? 'plain');
  const lead: Line = [
    span(here ? `${glyphs.cursor} ` : '  ', 'mark'),
    span(`${number} `, 'dim'),
    ...(row.mark === '' ? [] : [span(`${row.mark} `, tone)]),
  ];
  const label = paragraph(row.label, width, tone, lead);
  const last = label.at(-1);
  const aside = row.aside === undefined || row.aside === '' ? [] : [span(`  ${row.aside}`, 'dim')];
  const beside = widthOf(textOf([...(last ?? []), ...aside])) <= width;
  const indent = 4 + (row.mark === '' ? 0 : row.mark.length + 1);
  const labelled = beside
    ? [...label.slice(0, -1), [...(last ?? []), ...aside]]
    : [...label, [span(' '.repeat(indent - 2)), ...aside]];
  const note =
    here && row.note !== undefined && row.note !== ''
      ? paragraph(row.note, width, 'dim', [span(' '.repeat(indent))])
      : [];
  return [...labelled, ...note];
}
