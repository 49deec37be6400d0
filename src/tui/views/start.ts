/** The start screen: a new run, a preset, an answers file or an unfinished run. */
import type { Context } from '../../questionnaire/context.ts';
import { type StartRow, startCursor, startRows } from '../../questionnaire/start-screen.ts';
import type { StartScreen, State } from '../../questionnaire/state.ts';
import type { Glyphs } from '../glyphs.ts';
import { BLANK, line, paragraph } from './lines.ts';
import { type ListRow, listView } from './list.ts';
import { fieldLine } from './question.ts';
import { above, type Size, type View, viewOf } from './view.ts';

export const PURPOSE =
  'Whether to run Kubernetes at all and, if so, how: answer what you know, leave the rest open.';

export function startView(
  state: State,
  screen: StartScreen,
  context: Context,
  size: Size,
  glyphs: Glyphs,
): View {
  const top = above([...paragraph(PURPOSE, size.width), BLANK], size);
  if (screen.path !== null) {
    const field = fieldLine(screen.path, size.width);
    const waiting = screen.opening ? [line('Reading the file.', 'dim')] : [];
    const problems = screen.problems.flatMap(problem =>
      problem.split('\n').flatMap(part => paragraph(part.trim(), size.width, 'bad')),
    );
    const label = line('Path of the answers file', 'strong');
    const lines = [...top, label, field.line, ...waiting, BLANK, ...problems];
    return viewOf(lines, size, { caret: { column: field.caret, row: top.length + 1 } });
  }
  const rows = startListRows(state, context);
  const cursor = startCursor(state, screen, context);
  const list = listView(rows, cursor, { width: size.width, height: size.height - top.length }, glyphs);
  return viewOf([...top, ...list.lines], size, { page: list.page });
}

export function startListRows(state: State, context: Context): readonly ListRow[] {
  return startRows(state, context).map(row => ({
    key: row.key,
    mark: '',
    label: labelOf(row, state),
    note: noteOf(row),
  }));
}

function labelOf(row: StartRow, state: State): string {
  switch (row.kind) {
    case 'continue':
      return `Go on with this run${nameIn(state.project.name)}`;
    case 'resume': {
      const count = Object.keys(row.offer.run.answers).length;
      const answers = `${count} ${count === 1 ? 'answer' : 'answers'}`;
      return `Resume the run of ${minuteOf(row.offer.savedAt)}${nameIn(row.offer.run.project.name)}, ${answers}`;
    }
    case 'new':
      return 'New, from the first question';
    case 'quick':
      return 'Quick: the most decisive questions first';
    case 'preset':
      return `New, from a preset: ${row.preset.title}`;
    case 'open':
      return 'Open an answers file';
  }
}
/** A time stamp to the minute; anything else as it is. */
function minuteOf(savedAt: string): string {
  const [, day, minute] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/u.exec(savedAt) ?? [];
  return day === undefined ? savedAt : `${day} ${minute} UTC`;
}
function nameIn(name: string | undefined): string {
  return name === undefined || name === '' ? '' : ` (${name})`;
}

function noteOf(row: StartRow): string {
  if (row.kind !== 'preset') return '';
  return `${row.preset.because} Fills in ${Object.keys(row.preset.answers).length} answers; each can be changed.`;
}
