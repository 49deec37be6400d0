/** Lines of text with a tone each: what every screen comes to before anything is drawn. */
import { cut, widthOf, wrap } from '../width.ts';

/** Tones only add to what the words and signs say already. */
export type Tone = 'plain' | 'strong' | 'dim' | 'good' | 'bad' | 'mark';
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}
export type Line = readonly Span[];
export const BLANK: Line = [];

export function span(text: string, tone: Tone = 'plain'): Span {
  return { text, tone };
}
export function line(text: string, tone: Tone = 'plain'): Line {
  return [span(text, tone)];
}
/** A text as lines of at most `width` cells; all but the first are indented by as much as `lead` takes. */
export function paragraph(
  text: string,
  width: number,
  tone: Tone = 'plain',
  lead: Line = [],
): readonly Line[] {
  const indent = widthOf(textOf(lead));
  return wrap(text, width - indent).map((part, index) =>
    index === 0 ? [...lead, span(part, tone)] : [span(' '.repeat(indent)), span(part, tone)],
  );
}
export function textOf(spans: Line): string {
  return spans.map(part => part.text).join('');
}

/** Two texts at the ends of one line; the right one is left out where both do not fit. */
export function ends(left: Line, right: Line, width: number): Line {
  const gap = width - widthOf(textOf(left)) - widthOf(textOf(right));
  return gap < 1 ? cutLine(left, width) : [...left, span(' '.repeat(gap)), ...right];
}

export function cutLine(spans: Line, width: number): Line {
  let left = width;
  const kept: Span[] = [];
  for (const part of spans) {
    const text = cut(part.text, left);
    if (text !== '') kept.push({ ...part, text });
    left -= widthOf(text);
    if (widthOf(text) < widthOf(part.text)) break;
  }
  return kept;
}

/** The lines from an offset that fit, and how far one can scroll. */
export interface Scrolled {
  readonly lines: readonly Line[];
  readonly last: number;
  readonly page: number;
}
/** The last line then says where in the text one is. */
export function scrolledTo(lines: readonly Line[], offset: number, height: number): Scrolled {
  if (lines.length <= height) return { lines, last: 0, page: Math.max(2, height) };
  const room = Math.max(1, height - 1);
  const last = lines.length - room;
  const from = Math.min(Math.max(0, offset), last);
  const shown = lines.slice(from, from + room);
  const place = line(`lines ${from + 1} to ${from + shown.length} of ${lines.length}`, 'dim');
  return { lines: height > 1 ? [...shown, place] : shown, last, page: Math.max(2, room - 1) };
}
