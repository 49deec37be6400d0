/** Laying out text for a terminal: wrapping, indenting, columns, colour where it is wanted. */
import { mayBeTerminal } from './output.ts';

/** Columns to write for: the terminal's, at least 40 and at most 100; 80 where there is no terminal. */
export function textWidth(): number {
  const columns = mayBeTerminal('stdout') ? process.stdout.columns : undefined;
  return Math.min(100, Math.max(40, columns ?? 80));
}

/** Breaks text at spaces; `indent` goes before every line but the first, which gets `first`. */
export function wrap(text: string, width: number, first = '', indent = first): string {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(/\s+/).filter(part => part !== '')) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line);
  return lines.join('\n');
}

/** Rows of cells as aligned columns; the last column is wrapped under itself. */
export function columns(rows: readonly (readonly string[])[], width: number, indent = ''): string {
  const count = Math.max(...rows.map(row => row.length));
  const widths = Array.from({ length: count - 1 }, (_, column) =>
    Math.max(...rows.map(row => (row[column] ?? '').length)),
  );
  return rows
    .map(row => {
      const start = widths.map((cell, column) => `${(row[column] ?? '').padEnd(cell)}  `).join('');
      return wrap(row[count - 1] ?? '', width, indent + start, indent + ' '.repeat(start.length));
    })
    .join('\n');
}
