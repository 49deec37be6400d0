/** The rows that a question shows, and what accepting the one under the cursor would answer. */
import { type Answer, type Id, type Question, type Suggestion, UNSURE } from '../content/catalogue.ts';
import { answerInWords } from '../content/prose.ts';
import { suggestionFor } from '../content/suggestion.ts';
import type { Context } from './context.ts';
import { type Draft, NONE_ROW, type RowKey, type State, UNSURE_ROW } from './state.ts';
import { draftOf } from './text-draft.ts';

export interface Row {
  readonly key: RowKey;
  readonly label: string;
  /** Multi: marked; ranked: 1-based rank; choice: is the answer given so far. Null: not. */
  readonly mark: 'marked' | number | null;
}
type ListDraft = Extract<Draft, { kind: 'list' }>;
export const EMPTY_LIST: ListDraft = {
  kind: 'list',
  cursor: null,
  marks: null,
  filter: null,
  filtering: false,
};

/** What was pointed at or typed so far, else what the answer given, or without one what is suggested, shows. */
export function draftFor(state: State, question: Question): Draft {
  const draft = state.drafts[question.id];
  if (draft !== undefined) return draft;
  if (question.kind !== 'number') return EMPTY_LIST;
  const answer = state.answers[question.id] ?? suggestionNow(state, question)?.answer;
  return { kind: 'number', text: draftOf(typeof answer === 'number' ? String(answer) : '') };
}

/** What the answers so far imply for a question that is open; null where it is answered, or nothing does. */
export function suggestionNow(state: State, question: Question): Suggestion | null {
  const answer = state.answers[question.id];
  if (answer !== undefined && answer !== UNSURE) return null;
  return suggestionFor(question, new Map(Object.entries(state.answers)));
}

export function marksOf(state: State, question: Question): readonly Id[] {
  const draft = draftFor(state, question);
  if (draft.kind === 'list' && draft.marks !== null) return draft.marks;
  const answer = state.answers[question.id];
  return Array.isArray(answer) ? answer : [];
}

/** Rows in the order shown, those that the filter leaves. A number has none. */
export function rowsOf(state: State, question: Question): readonly Row[] {
  if (question.kind === 'number') return [];
  const several = question.kind === 'multi' || question.kind === 'ranked';
  const answer = state.answers[question.id];
  const marks = several ? marksOf(state, question) : [];
  const rows: Row[] = question.choices.map(choice => ({
    key: choice.id,
    label: choice.label,
    mark: several ? markIn(marks, choice.id, question.kind) : answer === choice.id ? 'marked' : null,
  }));
  if (several) {
    const chosen = Array.isArray(answer) && answer.length === 0 && marks.length === 0;
    rows.push({ key: NONE_ROW, label: 'None of these', mark: chosen ? 'marked' : null });
  }
  if (!question.required) {
    rows.push({ key: UNSURE_ROW, label: unsureLabel(question), mark: answer === UNSURE ? 'marked' : null });
  }
  return filtered(rows, draftFor(state, question));
}

export function unsureLabel(question: Question): string {
  if (question.assume === null) return 'Not sure yet';
  return `Not sure yet (assumed: ${answerInWords(question, question.assume)})`;
}

function markIn(
  marks: readonly Id[],
  id: Id,
  kind: 'multi' | 'ranked' | 'choice' | 'yes-no',
): 'marked' | number | null {
  const place = marks.indexOf(id);
  if (place < 0) return null;
  return kind === 'ranked' ? place + 1 : 'marked';
}

function filtered(rows: readonly Row[], draft: Draft): readonly Row[] {
  const words = draft.kind === 'list' ? (draft.filter?.text ?? '').toLowerCase().split(/\s+/u) : [];
  return rows.filter(row => words.every(word => `${row.label} ${row.key}`.toLowerCase().includes(word)));
}

/** The row under the cursor: where the user went, else the answer given or suggested, else the first. Null where nothing is left. */
export function rowUnderCursor(state: State, question: Question): Row | null {
  const rows = rowsOf(state, question);
  const draft = draftFor(state, question);
  const wanted = draft.kind === 'list' ? draft.cursor : null;
  return (
    rows.find(row => row.key === wanted) ??
    (wanted === null ? restingRow(state, question, rows) : null) ??
    rows[0] ??
    null
  );
}

/** Where the cursor is before anybody moves it. */
function restingRow(state: State, question: Question, rows: readonly Row[]): Row | null {
  const marked = rows.find(row => row.mark !== null);
  if (marked !== undefined) return marked;
  const suggested = [suggestionNow(state, question)?.answer ?? []].flat();
  return rows.find(row => suggested.includes(row.key)) ?? null;
}

export type Candidate =
  | { readonly answer: Answer }
  /** Nothing to accept yet, and what to do about it. */
  | { readonly missing: string };

/** The answer that accepting now would give; shown live beside the question before it is accepted. */
export function candidateOf(state: State, question: Question): Candidate {
  if (question.kind === 'number') return numberCandidate(state, question);
  const row = rowUnderCursor(state, question);
  if (row === null) return { missing: 'Nothing matches the filter. Esc clears it.' };
  if (row.key === UNSURE_ROW) return { answer: UNSURE };
  if (question.kind === 'choice' || question.kind === 'yes-no') return { answer: row.key };
  if (row.key === NONE_ROW) return { answer: [] };
  const marks = marksOf(state, question);
  if (marks.length > 0) return { answer: marks };
  return { missing: 'Nothing is marked. Space marks a row; choose "None of these" if none applies.' };
}

function numberCandidate(state: State, question: Extract<Question, { kind: 'number' }>): Candidate {
  const draft = draftFor(state, question);
  const text = draft.kind === 'number' ? draft.text.text.trim() : '';
  const unsure = question.required ? '' : ', or press u if you are not sure';
  const answer = Number(text);
  if (text !== '' && answer >= question.min && answer <= question.max) return { answer };
  return { missing: `Type a number from ${question.min} to ${question.max}${unsure}.` };
}

/** Questions that apply with these answers and pins, in asking order. */
export function askedQuestionsOf(state: State, context: Context): readonly Id[] {
  return context.advisor.asked(new Map(Object.entries(state.answers)), new Map(Object.entries(state.pins)));
}
