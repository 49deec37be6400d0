/** What is shown over a screen: help with the reason for the question, the stack so far, the topics. */
import { type Context, questionOf } from '../../questionnaire/context.ts';
import { cursorOr } from '../../questionnaire/cursor.ts';
import { topicRows } from '../../questionnaire/overlay.ts';
import { type Preview, previewOf, type StackRow } from '../../questionnaire/preview.ts';
import { progressOf, type RunProgress } from '../../questionnaire/progress.ts';
import { type Overlay, PROJECT_ROW, REVIEW_ROW, type State } from '../../questionnaire/state.ts';
import type { Glyphs } from '../glyphs.ts';
import { bindingsOf, nameOfKey } from '../keymap.ts';
import { screenMode } from '../mode.ts';
import { fill } from '../width.ts';
import { BLANK, cutLine, ends, type Line, line, paragraph, scrolledTo, span } from './lines.ts';
import { listView } from './list.ts';
import { whyLines } from './question.ts';
import { type Size, type View, viewOf } from './view.ts';

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
      const lines = stackLines(previewOf(state, context), size.width, glyphs);
      const shown = scrolledTo(lines, overlay.scroll, size.height);
      return viewOf(shown.lines, size, shown);
    }
    case 'topics':
      return topicsView(state, overlay.cursor, context, size, glyphs);
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

/** Stack so far, one decision per line. Signs and words say what colour shows besides. */
export function stackLines(preview: Preview, width: number, glyphs: Glyphs): readonly Line[] {
  const rows = preview.rows.map(row => stackLine(row, width, glyphs));
  const legend = `${glyphs.settled} settled  ${glyphs.open} open  - not needed  ${glyphs.moved} moves`;
  return [line('Stack so far', 'strong'), ...rows, BLANK, ...paragraph(legend, width, 'dim')];
}

function stackLine(row: StackRow, width: number, glyphs: Glyphs): Line {
  const moved = row.movedFrom !== undefined;
  const sign = row.leads === null ? '-' : row.settled ? glyphs.settled : glyphs.open;
  const leads = row.leads ?? 'not needed';
  const label = row.pinned ? `${leads} (pinned)` : leads;
  const tone = row.leads === null ? 'dim' : moved ? 'strong' : 'plain';
  const start: Line = [
    span(moved ? `${glyphs.moved} ` : '  ', 'mark'),
    span(`${sign} `, row.settled && row.leads !== null ? 'good' : 'dim'),
    span(`${row.title}: `, moved ? 'strong' : 'dim'),
    span(label, tone),
  ];
  return cutLine(start, width);
}

export function topicLines(progress: RunProgress, width: number, glyphs: Glyphs): readonly Line[] {
  const left = progress.asked - progress.answered;
  const rows = progress.topics.map(topic => {
    const sign = topic.here ? glyphs.here : topic.answered === topic.asked ? glyphs.done : ' ';
    const tone = topic.here ? 'strong' : 'plain';
    const count = line(`${topic.answered}/${topic.asked}`, 'dim');
    return ends([span(`${sign} `, 'mark'), span(topic.title, tone)], count, width);
  });
  const bar = progressBar(progress, width, glyphs);
  return [line('Topics', 'strong'), ...rows, BLANK, bar, line(leftInWords(left), 'dim')];
}
export function leftInWords(left: number): string {
  if (left === 0) return 'all answered';
  return left === 1 ? '1 question left' : `${left} questions left`;
}

function progressBar({ answered, asked }: RunProgress, width: number, glyphs: Glyphs): Line {
  const full = asked === 0 ? width : Math.floor((answered / asked) * width);
  return [span(glyphs.full.repeat(full), 'good'), span(glyphs.empty.repeat(width - full), 'dim')];
}

function topicsView(state: State, cursor: string | null, context: Context, size: Size, glyphs: Glyphs): View {
  const keys = topicRows(state, context);
  const topics = new Map(progressOf(state, context).topics.map(topic => [topic.topic, topic]));
  const rows = keys.map(key => {
    if (key === PROJECT_ROW) return { key, mark: '', label: 'Project details' };
    if (key === REVIEW_ROW) return { key, mark: '', label: 'Review' };
    const topic = topics.get(key);
    const aside = topic === undefined ? '' : `${topic.answered} of ${topic.asked} answered`;
    return { key, mark: '', label: topic?.title ?? key, aside };
  });
  const room = { width: size.width, height: Math.max(1, size.height - 2) };
  const list = listView(rows, cursorOr(keys, cursor), room, glyphs);
  return viewOf([line('Go to', 'strong'), BLANK, ...list.lines], size, { page: list.page });
}
