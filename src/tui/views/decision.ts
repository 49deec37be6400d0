/** One decision explained, and the steps of pinning another option. */
import { assumedBlocks } from '../../questionnaire/assumed.ts';
import type { Context } from '../../questionnaire/context.ts';
import { cursorOr } from '../../questionnaire/cursor.ts';
import { type Block, explain } from '../../questionnaire/explanation.ts';
import { ADVICE_ROW, against, pinRows } from '../../questionnaire/pin-screen.ts';
import { labelOf } from '../../questionnaire/preview.ts';
import { outcomeOf } from '../../questionnaire/result.ts';
import type { AssumedScreen, DecisionScreen, PinScreen, PinText, State } from '../../questionnaire/state.ts';
import { RULED_OUT } from '../../questionnaire/verdict-words.ts';
import type { Glyphs } from '../glyphs.ts';
import { BLANK, type Line, line, paragraph, scrolledTo, span } from './lines.ts';
import { type ListRow, listView } from './list.ts';
import { fieldLine } from './question.ts';
import { above, type Size, type View, viewOf } from './view.ts';

export function decisionView(state: State, screen: DecisionScreen, context: Context, size: Size): View {
  const top = above(decisionTitle(screen.decision, context, size.width), size);
  const text = blockLines(explain(state, context, screen.decision), size.width);
  const shown = scrolledTo(text, screen.scroll, Math.max(1, size.height - top.length));
  return viewOf([...top, ...shown.lines], size, shown);
}

export function assumedView(state: State, screen: AssumedScreen, context: Context, size: Size): View {
  const shown = scrolledTo(blockLines(assumedBlocks(state, context), size.width), screen.scroll, size.height);
  return viewOf(shown.lines, size, shown);
}

export function blockLines(blocks: readonly Block[], width: number): readonly Line[] {
  return blocks.flatMap((block, index) => {
    if (block.kind === 'bullet') return paragraph(block.text, width, 'plain', [span('- ', 'dim')]);
    if (block.kind === 'text') return paragraph(block.text, width);
    return [...(index === 0 ? [] : [BLANK]), ...paragraph(block.text, width, 'strong')];
  });
}

function decisionTitle(id: string, context: Context, width: number): readonly Line[] {
  const decision = context.catalogue.decisions.find(candidate => candidate.id === id);
  if (decision === undefined) return [line(id, 'strong')];
  const badge = decision.dayZero ? paragraph('[cannot be changed later]', width, 'mark') : [];
  return [...paragraph(`${decision.title}: ${decision.ask}`, width, 'strong'), ...badge, BLANK];
}

export const PIN_ASKS: Readonly<Record<PinText, string>> = {
  because: 'Why this one? The decision record says it in your words.',
  owner: 'The vendor does not support it. Who owns the consequences?',
  approver: 'A rule forbids it. Who approved the exception?',
  expires: 'Until when does the exception hold (YYYY-MM-DD)?',
};

export function pinView(state: State, screen: PinScreen, context: Context, size: Size, glyphs: Glyphs): View {
  const top = decisionTitle(screen.decision, context, size.width);
  const decision = context.catalogue.decisions.find(candidate => candidate.id === screen.decision);
  if (decision === undefined) return viewOf(top, size);
  if (screen.step === 'option') {
    const keys = pinRows(state, decision, context);
    const rows = pinListRows(state, screen, context);
    const head = above([...top, line('Pin which option?', 'dim')], size);
    const room = { width: size.width, height: Math.max(1, size.height - head.length) };
    const list = listView(rows, cursorOr(keys, screen.cursor), room, glyphs);
    return viewOf([...head, ...list.lines], size, { page: list.page });
  }
  const rule = against(state, screen, context);
  const warning =
    rule === null ? [] : paragraph(`Against it: ${RULED_OUT[rule.kind]}. ${rule.because}`, size.width, 'bad');
  const label = labelOf(context, screen.decision, screen.cursor) ?? '';
  const all = [
    ...top,
    line(label, 'strong'),
    ...warning,
    ...paragraph(PIN_ASKS[screen.step], size.width, 'dim'),
  ];
  const head = all.slice(Math.max(0, all.length - size.height + 1));
  const field = fieldLine(screen.texts[screen.step], size.width);
  return viewOf([...head, field.line], size, { caret: { column: field.caret, row: head.length } });
}

export function pinListRows(state: State, screen: PinScreen, context: Context): readonly ListRow[] {
  const decision = context.catalogue.decisions.find(({ id }) => id === screen.decision);
  if (decision === undefined) return [];
  return pinRows(state, decision, context).map(key => pinRow(key, state, screen, context));
}

function pinRow(key: string, state: State, screen: PinScreen, context: Context): ListRow {
  if (key === ADVICE_ROW) return { key, mark: '', label: 'Follow the advice, take the pin away' };
  const outcome = outcomeOf(state, context, screen.decision);
  const ruledOut = outcome === null || outcome.status === 'not-needed' ? [] : outcome.ruledOut;
  const rule = ruledOut.find(({ option }) => option === key);
  const pick = outcome?.status === 'decided' && outcome.pick === key;
  const aside = rule === undefined ? (pick ? 'as it is now' : '') : RULED_OUT[rule.kind];
  return {
    key,
    mark: '',
    label: labelOf(context, screen.decision, key) ?? key,
    aside,
    note: rule?.because ?? '',
    tone: rule === undefined ? 'plain' : 'dim',
  };
}
