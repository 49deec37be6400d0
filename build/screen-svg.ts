/** A screen of the terminal as an SVG: real cells with their colours, each run of text fixed to its place. */
import type { Cell } from '../test/terminal/terminal.ts';

const CELL = { width: 8.4, height: 18 };
const FONT_SIZE = 14;
const PADDING = 14;
const BACKGROUND = '#161a20';
const EDGE = '#5b6470';
const INK = '#d9dde3';
const FAINT = '#9aa3af';
/** By number in the palette: the colours that the wizard uses. */
const COLOURS: Readonly<Record<number, string>> = { 1: '#ff8278', 2: '#7fd88f', 5: '#d3a6ff' };

interface Run {
  readonly column: number;
  readonly cells: number;
  readonly text: string;
  readonly fill: string;
  readonly bold: boolean;
}

/** `title` is what a screen reader says in place of the picture. */
export function screenSvg(screen: readonly (readonly Cell[])[], title: string): string {
  const columns = Math.max(...screen.map(row => row.length));
  const width = rounded(columns * CELL.width + 2 * PADDING);
  const height = screen.length * CELL.height + 2 * PADDING;
  const rows = screen.flatMap((row, place) => runsOf(row).map(run => textElement(run, place)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">`,
    `<title id="title">${escaped(title)}</title>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${BACKGROUND}" stroke="${EDGE}"/>`,
    `<g font-family="'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace" font-size="${FONT_SIZE}" xml:space="preserve">`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Cells beside one another that look alike; signs that a font may lack stand alone, so that they move nothing else. */
function runsOf(row: readonly Cell[]): readonly Run[] {
  const runs: Run[] = [];
  row.forEach((cell, column) => {
    if (cell.width === 0 || cell.text.trim() === '') return;
    const fill = COLOURS[cell.colour ?? -1] ?? (cell.dim ? FAINT : INK);
    const last = runs.at(-1);
    const gap = last === undefined ? 0 : column - last.column - last.cells;
    if (last !== undefined && gap <= 1 && continues(last, cell, fill)) {
      const text = `${last.text}${' '.repeat(gap)}${cell.text}`;
      runs[runs.length - 1] = { ...last, text, cells: last.cells + gap + cell.width };
    } else {
      runs.push({ column, cells: cell.width, text: cell.text, fill, bold: cell.bold });
    }
  });
  return runs;
}

function continues(run: Run, { text, bold }: Cell, fill: string): boolean {
  if (run.fill !== fill || run.bold !== bold) return false;
  return isPlain(run.text) ? isPlain(text) : run.text.endsWith(text);
}
function isPlain(text: string): boolean {
  return /^[ -~]*$/u.test(text);
}

function textElement({ column, cells, text, fill, bold }: Run, row: number): string {
  const x = rounded(PADDING + column * CELL.width);
  const y = rounded(PADDING + row * CELL.height + FONT_SIZE);
  const weight = bold ? ' font-weight="bold"' : '';
  const length = rounded(cells * CELL.width);
  return `<text x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs" fill="${fill}"${weight}>${escaped(text)}</text>`;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
