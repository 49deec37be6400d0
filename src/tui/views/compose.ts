/** Puts the panes of a frame beside and below one another: one line of spans per row of the frame. */
import type { Glyphs } from '../glyphs.ts';
import { widthOf } from '../width.ts';
import type { Frame, PlacedLines } from './frame.ts';
import { type Line, type Span, span, textOf } from './lines.ts';

export function composeFrame(frame: Frame, glyphs: Glyphs): readonly Line[] {
  const main: PlacedLines = { pane: frame.layout.main, lines: frame.view.lines };
  const placed = [frame.header, main, ...frame.side, frame.notice, frame.footer];
  return Array.from({ length: frame.layout.height }, (_, row) => rowOf(row, placed, glyphs));
}

function rowOf(row: number, placed: readonly PlacedLines[], glyphs: Glyphs): Line {
  const spans: Span[] = [];
  let used = 0;
  for (const { pane, lines } of placed) {
    if (row < pane.top || row >= pane.top + pane.height) continue;
    if (used > 0) {
      spans.push(span(' '.repeat(Math.max(0, pane.left - used - 2))), span(`${glyphs.bar} `, 'dim'));
    } else {
      spans.push(span(' '.repeat(pane.left)));
    }
    const content = lines[row - pane.top] ?? [];
    spans.push(...content);
    used = pane.left + widthOf(textOf(content));
  }
  return trimmed(spans);
}

/** Spaces at the end of a line cost bytes on a slow link and show nothing. */
function trimmed(spans: readonly Span[]): Line {
  const kept = [...spans];
  for (let last = kept.pop(); last !== undefined; last = kept.pop()) {
    const text = last.text.trimEnd();
    if (text !== '') return [...kept, { ...last, text }];
  }
  return [];
}
