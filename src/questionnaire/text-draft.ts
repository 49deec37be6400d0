/** Text while it is typed: the characters and the place of the caret, always between two whole characters. */

export interface TextDraft {
  readonly text: string;
  /** Offset into `text` in UTF-16 units. */
  readonly caret: number;
}
export type TextEdit =
  | { readonly type: 'type'; readonly text: string }
  | { readonly type: 'erase'; readonly what: 'before' | 'after' | 'word' | 'all' }
  | { readonly type: 'caret'; readonly to: 'left' | 'right' | 'start' | 'end' };

export function draftOf(text: string): TextDraft {
  return { text, caret: text.length };
}

export function editText(draft: TextDraft, edit: TextEdit): TextDraft {
  const before = draft.text.slice(0, draft.caret);
  const after = draft.text.slice(draft.caret);
  switch (edit.type) {
    case 'type': {
      const typed = oneLine(edit.text);
      return { text: before + typed + after, caret: draft.caret + typed.length };
    }
    case 'erase':
      return erase(before, after, edit.what);
    case 'caret':
      return { text: draft.text, caret: moved(before, after, edit.to) };
  }
}

function erase(before: string, after: string, what: 'before' | 'after' | 'word' | 'all'): TextDraft {
  switch (what) {
    case 'before':
      return joined(before.slice(0, before.length - last(before).length), after);
    case 'after':
      return joined(before, after.slice(first(after).length));
    case 'word':
      return joined(before.replace(/[^\s]*\s*$/u, ''), after);
    case 'all':
      return joined('', '');
  }
}

function joined(before: string, after: string): TextDraft {
  return { text: before + after, caret: before.length };
}

function moved(before: string, after: string, to: 'left' | 'right' | 'start' | 'end'): number {
  switch (to) {
    case 'left':
      return before.length - last(before).length;
    case 'right':
      return before.length + first(after).length;
    case 'start':
      return 0;
    case 'end':
      return before.length + after.length;
  }
}

/** What is pasted keeps its words; line ends and tabs become spaces, other control characters are dropped. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\t]+/gu, ' ').replace(/[\u0000-\u001f\u007f-\u009f]/gu, '');
}

/**
 * Latin, punctuation, arrows, lines, blocks, shapes and ticks: each is one character to a person, and one cell of a
 * terminal. To ask Intl takes as long as a frame, the first time.
 */
const PLAIN =
  /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2190-\u21ff\u2500-\u25fc\u2713-\u2718\u276e-\u2771]*$/u;
export const isPlain = (text: string): boolean => PLAIN.test(text);

let graphemes: Intl.Segmenter | null = null;
/** The parts of a text that a person sees as one character each. */
export function characters(text: string): readonly string[] {
  if (isPlain(text)) return [...text];
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return [...graphemes.segment(text)].map(part => part.segment);
}
function first(text: string): string {
  return characters(text)[0] ?? '';
}
function last(text: string): string {
  return characters(text).at(-1) ?? '';
}
