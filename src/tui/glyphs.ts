/** The few signs that are drawn, and plain ones for terminals that have no others. */

export interface Glyphs {
  readonly cursor: string;
  readonly rule: string;
  readonly bar: string;
  readonly done: string;
  readonly here: string;
  readonly settled: string;
  readonly open: string;
  readonly moved: string;
  readonly full: string;
  readonly empty: string;
}
const DRAWN: Glyphs = {
  cursor: '❯',
  rule: '─',
  bar: '│',
  done: '✓',
  here: '▸',
  settled: '●',
  open: '○',
  moved: '→',
  full: '█',
  empty: '░',
};
const ASCII: Glyphs = {
  cursor: '>',
  rule: '-',
  bar: '|',
  done: '*',
  here: '>',
  settled: '*',
  open: 'o',
  moved: '>',
  full: '#',
  empty: '.',
};

/** The Linux console and locales without UTF-8 get ASCII. */
export function glyphsFor(env: Readonly<Record<string, string | undefined>>): Glyphs {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || 'C.UTF-8';
  return env.TERM === 'linux' || !/utf-?8/iu.test(locale) ? ASCII : DRAWN;
}
