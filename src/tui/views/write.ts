/** Writing: what, where, the plan of files, progress, and what was written. */
import { cursorOr } from '../../questionnaire/cursor.ts';
import type { FileChange } from '../../questionnaire/effects.ts';
import type { DoneScreen, State, Target, WriteScreen } from '../../questionnaire/state.ts';
import { BESIDE_ROW, ELSEWHERE_ROW, OCCUPIED_ROWS, TARGETS } from '../../questionnaire/write-screen.ts';
import type { Glyphs } from '../glyphs.ts';
import { BLANK, type Line, line, paragraph, scrolledTo, span } from './lines.ts';
import { type ListRow, listView } from './list.ts';
import { fieldLine } from './question.ts';
import { above, type Size, type View, viewOf } from './view.ts';

const TARGET_WORDS: Readonly<Record<Target, { readonly label: string; readonly note: string }>> = {
  everything: {
    label: 'Decision records and the starter repository',
    note: 'The records lie in docs/adr of the repository.',
  },
  adr: { label: 'Decision records alone', note: 'One file per decision, with an index.' },
  starter: { label: 'The starter repository alone', note: 'What the stack needs, without the records.' },
  answers: { label: 'The answers file alone', note: 'What "chartroom decide" starts from, on any machine.' },
};
const OCCUPIED_WORDS: Readonly<Record<string, string>> = {
  [ELSEWHERE_ROW]: 'Write somewhere else',
  [BESIDE_ROW]: 'Write beside what is there; nothing of it is overwritten',
};

export const TARGET_ROWS: readonly ListRow[] = TARGETS.map(key => ({ key, mark: '', ...TARGET_WORDS[key] }));
export const OCCUPIED_LIST: readonly ListRow[] = OCCUPIED_ROWS.map(key => ({
  key,
  mark: '',
  label: OCCUPIED_WORDS[key] ?? key,
}));

export function writeView(state: State, screen: WriteScreen, size: Size, glyphs: Glyphs): View {
  switch (screen.step) {
    case 'what':
      return menu('What to write?', TARGET_ROWS, screen, TARGETS, size, glyphs);
    case 'where': {
      const asks = screen.target === 'answers' ? 'Write the answers file to' : 'Write into which directory?';
      const field = fieldLine(screen.path ?? { text: '', caret: 0 }, size.width);
      const after = 'A plan of the files comes first; nothing is written yet.';
      const help = screen.target === 'answers' ? [] : paragraph(after, size.width, 'dim');
      const lines = [line(asks, 'strong'), field.line, ...help];
      return viewOf(lines, size, { caret: { column: field.caret, row: 1 } });
    }
    case 'planning':
      return viewOf([line('Planning the files.', 'dim')], size);
    case 'occupied': {
      const message = screen.plan?.status === 'occupied' ? screen.plan.message : '';
      return menu(message, OCCUPIED_LIST, screen, OCCUPIED_ROWS, size, glyphs);
    }
    case 'plan':
      return planView(screen, size);
    case 'writing':
      return progressView(state, screen, size, glyphs);
    case 'failed': {
      const failure = screen.failure ?? { message: '', help: '' };
      const lines = [
        line('Nothing was written.', 'strong'),
        ...failure.message.split('\n').flatMap(part => paragraph(part, size.width, 'bad')),
        ...paragraph(failure.help, size.width),
      ];
      return viewOf(lines, size);
    }
  }
}

function menu(
  title: string,
  rows: readonly ListRow[],
  screen: WriteScreen,
  keys: readonly string[],
  size: Size,
  glyphs: Glyphs,
): View {
  const top = above([...paragraph(title, size.width, 'strong'), BLANK], size);
  const room = { width: size.width, height: Math.max(1, size.height - top.length) };
  const list = listView(rows, cursorOr(keys, screen.cursor), room, glyphs);
  return viewOf([...top, ...list.lines], size, { page: list.page });
}

const CHANGES: Readonly<Record<FileChange, string>> = {
  create: 'new      ',
  update: 'changed  ',
  remove: 'removed  ',
  unchanged: 'same     ',
  kept: 'kept     ',
};

function planView(screen: WriteScreen, size: Size): View {
  if (screen.plan?.status !== 'ready') return viewOf([], size);
  const { directory, files, notes } = screen.plan;
  const top = [
    ...paragraph(`${filesInWords(files.length)} in ${directory}. Enter writes.`, size.width, 'strong'),
    ...notes.flatMap(note => paragraph(note, size.width)),
    BLANK,
  ];
  const lines = files.map((file): Line => [span(CHANGES[file.change], 'dim'), span(file.path)]);
  const shown = scrolledTo([...top, ...lines], screen.scroll, size.height);
  return viewOf(shown.lines, size, shown);
}

function progressView(state: State, screen: WriteScreen, size: Size, glyphs: Glyphs): View {
  const { done, total, path } = screen.progress ?? { done: 0, total: 0, path: '' };
  const width = Math.min(40, size.width);
  const full = total === 0 ? 0 : Math.round((done / total) * width);
  const lines = [
    line(state.leaving ? 'Writing; leaving after it.' : 'Writing.', 'strong'),
    [span(glyphs.full.repeat(full), 'good'), span(glyphs.empty.repeat(width - full), 'dim')],
    line(`${done} of ${total} files`),
    line(path, 'dim'),
  ];
  return viewOf(lines, size);
}

export function filesInWords(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}
export function writtenInWords({ files, directory }: DoneScreen['report']): string {
  return `${filesInWords(files.length)} ${files.length === 1 ? 'is' : 'are'} in ${directory}.`;
}

export function doneView(screen: DoneScreen, size: Size): View {
  const { report } = screen;
  const lines = [
    ...paragraph(writtenInWords(report), size.width, 'strong'),
    ...report.notes.flatMap(note => paragraph(note, size.width)),
    BLANK,
    line('Next', 'strong'),
    ...report.nextCommands.flatMap(command => paragraph(command, size.width, 'plain', [span('  ')])),
    BLANK,
    ...paragraph(
      `The same again, without questions: chartroom decide ${report.answersFile}`,
      size.width,
      'dim',
    ),
    BLANK,
    line('Written', 'strong'),
    ...report.files.map(path => line(`  ${path}`)),
  ];
  const shown = scrolledTo(lines, screen.scroll, size.height);
  return viewOf(shown.lines, size, shown);
}
