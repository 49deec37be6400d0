/** A question: what is asked, its rows or its number, and why we ask. */
import type { Question } from '../../content/catalogue.ts';
import { type Context, questionOf } from '../../questionnaire/context.ts';
import { rangeInWords, suggestionInWords, whatIfUnsure } from '../../questionnaire/question-words.ts';
import { draftFor, type Row, rowsOf, rowUnderCursor } from '../../questionnaire/rows.ts';
import type { QuestionScreen, State } from '../../questionnaire/state.ts';
import type { TextDraft } from '../../questionnaire/text-draft.ts';
import type { Glyphs } from '../glyphs.ts';
import { visiblePart, widthOf } from '../width.ts';
import { BLANK, type Line, line, paragraph, span } from './lines.ts';
import { type ListRow, listView } from './list.ts';
import { above, type Size, type View, viewOf } from './view.ts';

export function questionView(
  state: State,
  screen: QuestionScreen,
  context: Context,
  size: Size,
  glyphs: Glyphs,
): View {
  const question = questionOf(context, screen.question);
  if (question === null) return viewOf([line('This question is gone.')], size);
  const asked = paragraph(question.ask, size.width, 'strong');
  const roomy = size.height >= asked.length + 5;
  const top = roomy ? [...badge(question, context, size.width), ...asked, BLANK] : above(asked, size);
  const draft = draftFor(state, question);
  const why = [...suggestionLines(state, question, size.width), ...whyLines(question, size.width)];
  const spare = size.height - top.length;
  if (draft.kind === 'number' || question.kind === 'number') {
    if (draft.kind !== 'number' || question.kind !== 'number') return viewOf(top, size);
    const field = fieldLine(draft.text, size.width);
    const body = [field.line, line(`  ${rangeInWords(state, question)}`, 'dim')];
    const lines = [...top, ...body, ...(spare >= body.length + 1 + why.length ? [BLANK, ...why] : [])];
    return viewOf(lines, size, { caret: { column: field.caret, row: top.length } });
  }
  const filter = draft.filter === null ? null : fieldLine(draft.filter, size.width, 'Filter: ');
  const filterLines = filter === null ? [] : [filter.line];
  const room = { width: size.width, height: Math.max(1, spare - filterLines.length) };
  const rows = questionRows(state, question);
  const list = listView(rows, rowUnderCursor(state, question)?.key ?? null, room, glyphs);
  const left = room.height - list.lines.length;
  const below = left >= why.length + 1 ? [BLANK, ...why] : [];
  const lines = [...top, ...filterLines, ...list.lines, ...below];
  const caret = filter !== null && draft.filtering ? { column: filter.caret, row: top.length } : null;
  return viewOf(lines, size, { caret, page: list.page });
}

function badge(question: Question, context: Context, width: number): readonly Line[] {
  const topic = context.catalogue.topics.find(({ id }) => id === question.topic)?.title ?? question.topic;
  if (!question.dayZero) return [line(topic, 'dim')];
  const mark = '[cannot be changed later]';
  if (widthOf(`${topic} ${mark}`) <= width) return [[span(`${topic} `, 'dim'), span(mark, 'mark')]];
  return [line(topic, 'dim'), line(mark, 'mark')];
}

export function questionRows(state: State, question: Question): readonly ListRow[] {
  return rowsOf(state, question).map(row => ({
    key: row.key,
    label: row.label,
    mark: markOf(row, question),
  }));
}
function markOf(row: Row, question: Question): string {
  if (row.key.startsWith(':')) return row.mark === null ? '   ' : ' * ';
  if (question.kind === 'ranked') return typeof row.mark === 'number' ? `[${row.mark}]` : '[ ]';
  if (question.kind === 'multi') return row.mark === null ? '[ ]' : '[x]';
  return row.mark === null ? '( )' : '(*)';
}

function suggestionLines(state: State, question: Question, width: number): readonly Line[] {
  const suggestion = suggestionInWords(state, question);
  return suggestion === null ? [] : [...paragraph(suggestion, width), BLANK];
}

/** What is meant, what is assumed, and who would know: beside the question, and in the help. */
export function whyLines(question: Question, width: number): readonly Line[] {
  return [
    line('Why we ask', 'dim'),
    ...paragraph(question.why, width),
    ...paragraph(whatIfUnsure(question), width, 'dim'),
  ];
}
/** One line of typed text with its caret. */
export function fieldLine(
  draft: TextDraft,
  width: number,
  label = '> ',
): { readonly line: Line; readonly caret: number } {
  const part = visiblePart(draft.text, draft.caret, width - label.length);
  return { line: [span(label, 'mark'), span(part.text, 'strong')], caret: label.length + part.caret };
}
