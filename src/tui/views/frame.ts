/** The whole frame for a state and a size: header, panes, notice, hints. */
import type { Context } from '../../questionnaire/context.ts';
import { previewOf } from '../../questionnaire/preview.ts';
import { progressOf } from '../../questionnaire/progress.ts';
import type { State } from '../../questionnaire/state.ts';
import type { Glyphs } from '../glyphs.ts';
import { hintsFor } from '../keymap.ts';
import { type Layout, layoutOf, type Pane } from '../layout.ts';
import { modeOf } from '../mode.ts';
import { widthOf } from '../width.ts';
import { windowOf } from '../window.ts';
import { assumedView, decisionView, pinView } from './decision.ts';
import { cutLine, ends, type Line, line, paragraph, type Span, span } from './lines.ts';
import { leftInWords, overlayView, quickPlace, stackLines, topicLines } from './overlay.ts';
import { projectView } from './project.ts';
import { questionView } from './question.ts';
import { reviewView } from './review.ts';
import { startView } from './start.ts';
import type { View } from './view.ts';
import { doneView, writeView } from './write.ts';

export interface PlacedLines {
  readonly pane: Pane;
  readonly lines: readonly Line[];
}
export interface Frame {
  readonly layout: Layout;
  readonly view: View;
  readonly header: PlacedLines;
  readonly side: readonly PlacedLines[];
  readonly notice: PlacedLines;
  readonly footer: PlacedLines;
}

export function frameOf(
  state: State,
  context: Context,
  size: { columns: number; rows: number },
  glyphs: Glyphs,
): Frame {
  const layout = layoutOf(size.columns, size.rows, hasSides(state) ? 'all' : 'alone');
  const view = mainView(state, context, layout.main, glyphs);
  const side = sidePanes(state, context, layout, glyphs);
  const header = { pane: layout.header, lines: headerLines(state, context, layout.header, glyphs) };
  const notice = { pane: layout.notice, lines: noticeLines(state, context, layout.notice) };
  const footer = { pane: layout.footer, lines: [footerLine(state, context, layout.footer.width)] };
  return { layout, view, header, side, notice, footer };
}

/** Where answers are given; elsewhere the same is on the screen anyway. */
function hasSides({ screen }: State): boolean {
  return screen.at === 'project' || screen.at === 'question';
}

function mainView(state: State, context: Context, size: Pane, glyphs: Glyphs): View {
  if (state.overlay !== null) return overlayView(state, state.overlay, context, size, glyphs);
  const { screen } = state;
  switch (screen.at) {
    case 'start':
      return startView(state, screen, context, size, glyphs);
    case 'project':
      return projectView(state, screen, size, glyphs);
    case 'question':
      return questionView(state, screen, context, size, glyphs);
    case 'assumed':
      return assumedView(state, screen, context, size);
    case 'review':
      return reviewView(state, screen, context, size, glyphs);
    case 'decision':
      return decisionView(state, screen, context, size);
    case 'pin':
      return pinView(state, screen, context, size, glyphs);
    case 'write':
      return writeView(state, screen, size, glyphs);
    case 'done':
      return doneView(screen, size);
  }
}

function sidePanes(state: State, context: Context, layout: Layout, glyphs: Glyphs): readonly PlacedLines[] {
  const panes: PlacedLines[] = [];
  if (layout.stack !== null) {
    const preview = previewOf(state, context);
    const lines = stackLines(preview, layout.stack, glyphs);
    const moved = preview.rows.findIndex(row => row.movedFrom !== undefined);
    panes.push({ pane: layout.stack, lines: around(lines, moved + 1, layout.stack.height) });
  }
  if (layout.topics !== null) {
    const progress = progressOf(state, context);
    const here = progress.topics.findIndex(topic => topic.here);
    const lines = topicLines(progress, layout.topics.width, glyphs);
    panes.push({ pane: layout.topics, lines: around(lines, here + 1, layout.topics.height) });
  }
  return panes;
}
function around(lines: readonly Line[], at: number, height: number): readonly Line[] {
  const { from, to } = windowOf(
    lines.map(() => 1),
    at,
    height,
  );
  return lines.slice(from, to);
}

function headerLines(state: State, context: Context, pane: Pane, glyphs: Glyphs): readonly Line[] {
  const name = state.project.name ?? '';
  const title: Line = [
    span('Chartroom', 'strong'),
    ...(name === '' || state.run === 0 ? [] : [span(`  ${name}`)]),
  ];
  const rule = line(glyphs.rule.repeat(pane.width), 'dim');
  return [ends(title, whereLine(state, context), pane.width), rule].slice(0, pane.height);
}

function whereLine(state: State, context: Context): Line {
  switch (state.screen.at) {
    case 'question': {
      if (state.pace === 'quick') return line(quickPlace(state, context));
      const { place, asked, answered } = progressOf(state, context);
      const left = asked - answered;
      const at = place === 0 ? 'Question' : `Question ${place} of ${asked}`;
      return [span(at), span(`  ${leftInWords(left)}`, 'dim')];
    }
    case 'start':
      return [];
    case 'project':
      return line('Project details');
    case 'assumed':
      return line('Quick mode: what is assumed');
    case 'review':
      return line('Review');
    case 'decision':
      return line('Decision');
    case 'pin':
      return line('Pin');
    case 'write':
      return line('Write');
    case 'done':
      return line('Written');
  }
}

/** What happened, then what the answer under the cursor would do, as far as there is room. */
function noticeLines(state: State, context: Context, pane: Pane): readonly Line[] {
  const lines = [...noticeText(state, pane.width), ...previewText(state, context, pane.width)];
  if (lines.length <= pane.height) return lines;
  const last = lines[pane.height - 1] ?? [];
  return [...lines.slice(0, pane.height - 1), [...cutLine(last, pane.width - 2), span(' …')]];
}
function noticeText({ notice }: State, width: number): readonly Line[] {
  if (notice === null) return [];
  return notice.tone === 'problem'
    ? paragraph(`! ${notice.text}`, width, 'bad')
    : paragraph(notice.text, width);
}
function previewText(state: State, context: Context, width: number): readonly Line[] {
  if (state.overlay !== null || state.screen.at !== 'question') return [];
  const { sentence } = previewOf(state, context);
  return sentence === '' ? [] : paragraph(sentence, width, 'dim');
}

/** As many hints as fit, whole ones only. */
function footerLine(state: State, context: Context, width: number): Line {
  const spans: Span[] = [];
  let used = 0;
  for (const { key, says } of hintsFor(modeOf(state, context))) {
    const gap = used === 0 ? '' : '  ';
    const size = widthOf(`${gap}${key} ${says}`);
    if (used + size > width) break;
    spans.push(span(gap), span(key, 'mark'), span(` ${says}`, 'dim'));
    used += size;
  }
  return cutLine(spans, width);
}
