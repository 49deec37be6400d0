/** Where everything goes for a size of the terminal. The frame is always one row lower than the terminal. */

export interface Pane {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
export interface Layout {
  readonly columns: number;
  /** Rows of the whole frame. */
  readonly height: number;
  readonly header: Pane;
  readonly main: Pane;
  /** Stack so far; null where the terminal is too narrow for it. */
  readonly stack: Pane | null;
  readonly topics: Pane | null;
  /** Lines for what an answer would move, and for notices. */
  readonly notice: Pane;
  readonly footer: Pane;
}

const TWO_PANES = 96;
const THREE_PANES = 120;
const WIDEST = 180;
/** Longer lines of text are hard to follow with the eye. */
const READABLE = 118;
const GAP = 3;
const MARGIN = 1;

/** `alone`: no pane beside the main one. */
export function layoutOf(columns: number, rows: number, panes: 'all' | 'alone'): Layout {
  const height = Math.max(4, rows - 1);
  const width = Math.max(10, Math.min(columns, WIDEST) - 2 * MARGIN);
  const noticeHeight = height >= 23 ? 3 : height >= 16 ? 2 : 1;
  const headerHeight = height >= 12 ? 2 : 1;
  const footerHeight = 1;
  const body = Math.max(1, height - headerHeight - noticeHeight - footerHeight);
  const line = (top: number, lines: number): Pane => ({ left: MARGIN, top, width, height: lines });
  const widths =
    panes === 'alone' ? { main: Math.min(width, READABLE), stack: 0, topics: 0 } : paneWidths(columns, width);
  const pane = (left: number, size: number): Pane => ({ left, top: headerHeight, width: size, height: body });
  return {
    columns,
    height,
    header: line(0, headerHeight),
    main: pane(MARGIN, widths.main),
    stack: widths.stack === 0 ? null : pane(MARGIN + widths.main + GAP, widths.stack),
    topics: widths.topics === 0 ? null : pane(MARGIN + widths.main + GAP + widths.stack + GAP, widths.topics),
    notice: line(headerHeight + body, noticeHeight),
    footer: line(height - footerHeight, footerHeight),
  };
}

function paneWidths(columns: number, width: number): { main: number; stack: number; topics: number } {
  if (columns < TWO_PANES) return { main: width, stack: 0, topics: 0 };
  if (columns < THREE_PANES) {
    const stack = Math.floor((width - GAP) * 0.42);
    return { main: width - GAP - stack, stack, topics: 0 };
  }
  const topics = Math.min(34, Math.floor(width * 0.23));
  const stack = Math.floor((width - topics - 2 * GAP) * 0.44);
  return { main: width - topics - stack - 2 * GAP, stack, topics };
}
