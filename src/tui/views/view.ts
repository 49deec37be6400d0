/** What a screen shows in its pane: lines that fit, the caret where text is typed, and how far the keys can move. */
import type { Measures } from '../key-bindings.ts';
import { cutLine, type Line } from './lines.ts';

export interface Caret {
  readonly column: number;
  readonly row: number;
}
export interface View extends Measures {
  readonly lines: readonly Line[];
  /** Within the pane; null where nothing is typed. */
  readonly caret: Caret | null;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** As much of what stands above a list as leaves three lines for the list. */
export function above(top: readonly Line[], size: Size): readonly Line[] {
  return top.slice(0, Math.max(size.height > 1 ? 1 : 0, size.height - 3));
}

export function viewOf(lines: readonly Line[], size: Size, more: Partial<View> = {}): View {
  const fitting = lines.slice(0, size.height).map(spans => cutLine(spans, size.width));
  const caret = more.caret ?? null;
  return {
    lines: fitting,
    caret: caret !== null && caret.row < size.height && caret.column < size.width ? caret : null,
    page: more.page ?? Math.max(2, size.height - 2),
    last: more.last ?? 0,
  };
}
