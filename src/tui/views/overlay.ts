/** What is shown over a screen: help with the reason for the question, the stack so far, the topics. */
import type { Conflict } from '../../engine/conflicts.ts';
import { conflictOn, conflictTexts, fixRows } from '../../questionnaire/conflict.ts';
import { type Context, questionOf } from '../../questionnaire/context.ts';
import { cursorOr } from '../../questionnaire/cursor.ts';
import { topicRows } from '../../questionnaire/overlay.ts';
import { type Preview, previewOf, type StackRow } from '../../questionnaire/preview.ts';
import { progressOf, type RunProgress } from '../../questionnaire/progress.ts';
import { questionsThatMatter } from '../../questionnaire/quick.ts';
import { type Overlay, PROJECT_ROW, REVIEW_ROW, type State } from '../../questionnaire/state.ts';
import type { Glyphs } from '../glyphs.ts';
import { bindingsOf, nameOfKey } from '../keymap.ts';
import { screenMode } from '../mode.ts';
import { cut, fill, widthOf } from '../width.ts';
import {
  BLANK,
  cutLine,
  ends,
  type Line,
  line,
  paragraph,
  scrolledTo,
  span,
  type Tone,
  textOf,
} from './lines.ts';
import { type ListRow, listView } from './list.ts';
import { whyLines } from './question.ts';
import { above, type Size, type View, viewOf } from './view.ts';

export function overlayView(
  state: State,
  overlay: Overlay,
  context: Context,
  size: Size,
  glyphs: Glyphs,
): View {
  switch (overlay.kind) {
    case 'help': {
      const shown = scrolledTo(helpLines(state, context, size.width), overlay.scroll, size.height);
      return viewOf(shown.lines, size, shown);
    }
    case 'stack': {
      const endless = { width: size.width, height: Number.POSITIVE_INFINITY };
      const lines = stackLines(previewOf(state, context), endless, glyphs);
      const shown = scrolledTo(lines, overlay.scroll, size.height);
      return viewOf(shown.lines, size, shown);
    }
    case 'topics': {
      const rows = topicListRows(state, context);
      return listBelow([line('Go to', 'strong'), BLANK], rows, overlay.cursor, size, glyphs);
    }
    case 'conflict': {
      const conflict = conflictOn(state, context, overlay.decision);
      if (conflict === null) return viewOf([], size);
      const texts = conflictTexts(conflict, state, context);
      const head = texts.flatMap((text, index) => paragraph(text, size.width, index === 0 ? 'bad' : 'plain'));
      const rows = fixListRows(conflict, context);
      return listBelow([...head, BLANK], rows, overlay.cursor, size, glyphs);
    }
  }
}

function helpLines(state: State, context: Context, width: number): readonly Line[] {
  const question = state.screen.at === 'question' ? questionOf(context, state.screen.question) : null;
  const why =
    question === null
      ? []
      : [...paragraph(question.ask, width, 'strong'), ...whyLines(question, width), BLANK];
  const keys = bindingsOf(screenMode(state, context)).map(({ keys: names, says }) =>
    paragraph(says, width, 'plain', [span(fill(names.map(nameOfKey).join(' '), 14), 'mark')]),
  );
  return [...why, line('Keys', 'strong'), ...keys.flat()];
}

/** Stack so far. Signs and words say what colour shows besides. Rows are wrapped where all of them fit that way. */
export function stackLines(preview: Preview, size: Size, glyphs: Glyphs): readonly Line[] {
  const legend = `${glyphs.settled} settled  ${glyphs.open} open  - not needed  ${glyphs.moved} would move`;
  const foot = [BLANK, ...paragraph(legend, size.width, 'dim')];
  const wrapped = preview.rows.flatMap(row => stackRow(row, size.width, glyphs));
  const fits = wrapped.length + foot.length + 1 <= size.height;
  const rows = fits
    ? wrapped
    : preview.rows.map(row => cutLine(stackRow(row, 10_000, glyphs)[0] ?? [], size.width));
  return [line('Stack so far', 'strong'), ...rows, ...foot];
}

function stackRow(row: StackRow, width: number, glyphs: Glyphs): readonly Line[] {
  const moved = row.movedFrom !== undefined;
  const sign = moved ? glyphs.moved : row.leads === null ? '-' : row.settled ? glyphs.settled : glyphs.open;
  const tone: Tone = moved ? 'mark' : row.settled && row.leads !== null ? 'good' : 'dim';
  const leads = row.leads ?? 'not needed';
  const text = `${row.title}: ${row.pinned ? `${leads} (pinned)` : leads}`;
  return paragraph(text, width, moved ? 'strong' : row.leads === null ? 'dim' : 'plain', [
    span(`${sign} `, tone),
  ]);
}

export function topicLines(progress: RunProgress, width: number, glyphs: Glyphs): readonly Line[] {
  const left = progress.asked - progress.answered;
  const rows = progress.topics.map(topic => {
    const sign = topic.here ? glyphs.here : topic.answered === topic.asked ? glyphs.done : ' ';
    const tone = topic.here ? 'strong' : 'plain';
    const count = line(`${topic.answered}/${topic.asked}`, 'dim');
    const title = cut(topic.title, width - 3 - widthOf(textOf(count)));
    return ends([span(`${sign} `, 'mark'), span(title, tone)], count, width);
  });
  const bar = progressBar(progress, width, glyphs);
  return [line('Topics', 'strong'), ...rows, BLANK, bar, line(leftInWords(left), 'dim')];
}
export function leftInWords(left: number): string {
  if (left === 0) return 'all answered';
  return left === 1 ? '1 question left' : `${left} questions left`;
}

/** How many can matter shrinks with every answer that settles something, and grows where one opens more questions. */
export function quickPlace(state: State, context: Context): string {
  const left = questionsThatMatter(state, context).length;
  return `Quick mode, question ${state.way.length + 1}; ${left} can still matter`;
}

function progressBar({ answered, asked }: RunProgress, width: number, glyphs: Glyphs): Line {
  const full = asked === 0 ? width : Math.floor((answered / asked) * width);
  return [span(glyphs.full.repeat(full), 'good'), span(glyphs.empty.repeat(width - full), 'dim')];
}

export function topicListRows(state: State, context: Context): readonly ListRow[] {
  const topics = new Map(progressOf(state, context).topics.map(topic => [topic.topic, topic]));
  return topicRows(state, context).map(key => {
    if (key === PROJECT_ROW) return { key, mark: '', label: 'Project details' };
    if (key === REVIEW_ROW) return { key, mark: '', label: 'Review' };
    const topic = topics.get(key);
    const aside = topic === undefined ? '' : `${topic.answered} of ${topic.asked} answered`;
    return { key, mark: '', label: topic?.title ?? key, aside };
  });
}

export function fixListRows(conflict: Conflict, context: Context): readonly ListRow[] {
  return fixRows(conflict, context).map(row => ({ ...row, mark: '' }));
}

function listBelow(
  top: readonly Line[],
  rows: readonly ListRow[],
  cursor: string | null,
  size: Size,
  glyphs: Glyphs,
): View {
  const head = above(top, size);
  const room = { width: size.width, height: Math.max(1, size.height - head.length) };
  const at = cursorOr(
    rows.map(row => row.key),
    cursor,
  );
  const list = listView(rows, at, room, glyphs);
  return viewOf([...head, ...list.lines], size, { page: list.page });
}
