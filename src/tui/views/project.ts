/** The form of the project details. */
import { FIELDS, fieldProblems } from '../../questionnaire/project-fields.ts';
import { PROJECT_ROWS } from '../../questionnaire/project-screen.ts';
import { GO_ON_ROW, type ProjectScreen, type State } from '../../questionnaire/state.ts';
import type { Glyphs } from '../glyphs.ts';
import { fill, visiblePart } from '../width.ts';
import { windowOf } from '../window.ts';
import { BLANK, type Line, line, paragraph, type Span, span } from './lines.ts';
import { above, type Caret, type Size, type View, viewOf } from './view.ts';

const LABEL = 23;

export function projectView(state: State, screen: ProjectScreen, size: Size, glyphs: Glyphs): View {
  const top = above(
    [...paragraph('Names for what is written. Only the project name is needed now.', size.width), BLANK],
    size,
  );
  const problems = fieldProblems(state.project);
  const blocks = PROJECT_ROWS.map(row => {
    const here = row === screen.row;
    const pointer = span(here ? `${glyphs.cursor} ` : '  ', 'mark');
    if (row === GO_ON_ROW) return { lines: [goOnLine(pointer, here)], caret: null };
    const field = FIELDS.find(({ id }) => id === row);
    const text = state.project[row] ?? '';
    const wrong = text.trim() === '' ? undefined : problems.get(row);
    const below = here
      ? paragraph(wrong ?? field?.hint ?? '', size.width, wrong ? 'bad' : 'dim', indent())
      : [];
    const flag = !here && wrong !== undefined ? [span('  ! does not hold yet', 'bad')] : [];
    const room = Math.max(4, size.width - LABEL - 2);
    const part = visiblePart(text, here ? screen.caret : 0, room);
    const shown: Line = [
      pointer,
      span(fill(field?.label ?? row, LABEL), here ? 'strong' : 'plain'),
      span(part.text, here ? 'strong' : 'plain'),
      ...flag,
    ];
    return { lines: [shown, ...below], caret: here ? LABEL + 2 + part.caret : null };
  });
  const room = Math.max(1, size.height - top.length);
  const heights = blocks.map(block => block.lines.length);
  const { from, to } = windowOf(heights, PROJECT_ROWS.indexOf(screen.row), room);
  const shown = blocks.slice(from, to);
  const caret = caretIn(shown, top.length);
  return viewOf([...top, ...shown.flatMap(block => block.lines)], size, { caret });
}

function goOnLine(pointer: Span, here: boolean): Line {
  return [
    pointer,
    span('Go on to the questions', here ? 'strong' : 'plain'),
    span('  (the rest is optional)', 'dim'),
  ];
}
function indent(): Line {
  return line(' '.repeat(4));
}

function caretIn(
  blocks: readonly { readonly lines: readonly Line[]; readonly caret: number | null }[],
  top: number,
): Caret | null {
  let row = top;
  for (const block of blocks) {
    if (block.caret !== null) return { column: block.caret, row };
    row += block.lines.length;
  }
  return null;
}
