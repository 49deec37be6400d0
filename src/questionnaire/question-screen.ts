/** What actions do while a question is on the screen. */
import { type Answer, type Question, UNSURE } from '../content/catalogue.ts';
import { checkAnswer } from '../content/check-answer.ts';
import type { Action } from './actions.ts';
import type { Context } from './context.ts';
import { endCursor, movedCursor } from './cursor.ts';
import { afterQuestion, beforeQuestion } from './route.ts';
import {
  askedQuestionsOf,
  candidateOf,
  draftFor,
  EMPTY_LIST,
  marksOf,
  rowsOf,
  rowUnderCursor,
  suggestionNow,
} from './rows.ts';
import { type Draft, NONE_ROW, type RowKey, type State, UNSURE_ROW } from './state.ts';
import { draftOf, editText, type TextEdit } from './text-draft.ts';

export function updateQuestion(state: State, question: Question, action: Action, context: Context): State {
  const draft = draftFor(state, question);
  if (draft.kind === 'list' && draft.filtering) {
    const filtered = updateFilter(state, question, draft, action);
    if (filtered !== null) return filtered;
  }
  switch (action.type) {
    case 'move':
      if (draft.kind === 'number') return stepNumber(state, question, action.by);
      return pointAt(
        state,
        question,
        movedCursor(keysOf(state, question), cursorOf(state, question), action.by),
      );
    case 'move-to':
      return pointAt(state, question, endCursor(keysOf(state, question), action.end));
    case 'pick':
      return pickRow(state, question, action.row, context);
    case 'toggle':
      return toggle(state, question);
    case 'accept':
      return accept(state, question, context);
    case 'next':
      return goOn(state, question, context);
    case 'unsure':
      return accepted(state, question, UNSURE, context);
    case 'back':
      if (draft.kind === 'list' && draft.filter !== null)
        return withDraft(state, question, { ...draft, filter: null });
      return beforeQuestion(state, question.id, context);
    case 'filter':
      if (draft.kind !== 'list') return state;
      return withDraft(state, question, { ...draft, filtering: true, filter: draft.filter ?? draftOf('') });
    case 'type':
    case 'erase':
    case 'caret':
      return draft.kind === 'number' ? typeNumber(state, question, draft, action) : state;
    default:
      return state;
  }
}

/** Keeps an answer that was checked, and says what it did to the questions that follow. */
export function accepted(state: State, question: Question, answer: Answer, context: Context): State {
  if (answer === UNSURE && question.required) {
    return problem(state, 'This one is needed: nothing can be assumed for it.');
  }
  const checked = checkAnswer(question, answer);
  if ('problem' in checked)
    return problem(state, `${checked.problem.message}. ${checked.problem.help}`.trim());
  const { [question.id]: _, ...drafts } = state.drafts;
  const answered: State = { ...state, drafts, answers: { ...state.answers, [question.id]: checked.answer } };
  const notice = changeOfQuestions(state, answered, context);
  return { ...afterQuestion(answered, question.id, context), notice };
}

function changeOfQuestions(before: State, after: State, context: Context): State['notice'] {
  const asked = [askedQuestionsOf(before, context), askedQuestionsOf(after, context)] as const;
  const gone = asked[0].filter(id => !asked[1].includes(id)).length;
  const added = asked[1].filter(id => !asked[0].includes(id)).length;
  const parts = [
    added === 0 ? '' : `${added} more ${added === 1 ? 'question applies' : 'questions apply'}`,
    gone === 0 ? '' : `${gone} ${gone === 1 ? 'question no longer applies' : 'questions no longer apply'}`,
  ].filter(part => part !== '');
  return parts.length === 0 ? null : { tone: 'info', text: `${parts.join('; ')}.` };
}

function accept(state: State, question: Question, context: Context): State {
  const candidate = candidateOf(state, question);
  return 'missing' in candidate
    ? problem(state, candidate.missing)
    : accepted(state, question, candidate.answer, context);
}

/** On without answering; what was marked or typed counts as meant. */
function goOn(state: State, question: Question, context: Context): State {
  const draft = state.drafts[question.id];
  if (draft?.kind === 'number' && draft.text.text.trim() !== '') return accept(state, question, context);
  const marks = draft?.kind === 'list' ? (draft.marks ?? []) : [];
  if (marks.length > 0) return accepted(state, question, marks, context);
  return afterQuestion(state, question.id, context);
}

function pickRow(state: State, question: Question, index: number, context: Context): State {
  const row = rowsOf(state, question)[index];
  if (row === undefined) return state;
  const pointed = pointAt(state, question, row.key);
  const marks = question.kind === 'multi' || question.kind === 'ranked';
  const single = row.key === NONE_ROW || row.key === UNSURE_ROW;
  return marks && !single ? toggle(pointed, question) : accept(pointed, question, context);
}

function toggle(state: State, question: Question): State {
  if (question.kind !== 'multi' && question.kind !== 'ranked') return state;
  const row = rowUnderCursor(state, question);
  if (row === null || row.key === UNSURE_ROW) return state;
  const draft = draftFor(state, question);
  const list = draft.kind === 'list' ? draft : EMPTY_LIST;
  if (row.key === NONE_ROW) return withDraft(state, question, { ...list, cursor: row.key, marks: [] });
  const marks = marksOf(state, question);
  if (marks.includes(row.key)) {
    return withDraft(state, question, {
      ...list,
      cursor: row.key,
      marks: marks.filter(id => id !== row.key),
    });
  }
  if (question.kind === 'ranked' && marks.length >= question.atMost) {
    return problem(state, `At most ${question.atMost}: take one away first.`);
  }
  return withDraft(state, question, { ...list, cursor: row.key, marks: [...marks, row.key] });
}

function updateFilter(
  state: State,
  question: Question,
  draft: Extract<Draft, { kind: 'list' }>,
  action: Action,
): State | null {
  switch (action.type) {
    case 'type':
    case 'erase':
    case 'caret':
      return withDraft(state, question, {
        ...draft,
        cursor: action.type === 'caret' ? draft.cursor : null,
        filter: editText(draft.filter ?? draftOf(''), action),
      });
    case 'accept':
      return withDraft(state, question, { ...draft, filtering: false });
    case 'back':
      return withDraft(state, question, { ...draft, filtering: false, filter: null });
    default:
      return null;
  }
}

function typeNumber(
  state: State,
  question: Question,
  draft: Extract<Draft, { kind: 'number' }>,
  edit: TextEdit,
): State {
  if (edit.type === 'type' && /[^\d\s]/u.test(edit.text)) return problem(state, 'Only whole numbers.');
  const digits = edit.type === 'type' ? { ...edit, text: edit.text.replace(/\s/gu, '') } : edit;
  const text = editText(overSuggestion(state, question, edit) ? draftOf('') : draft.text, digits);
  if (text.text.length > 9)
    return problem(state, `At most ${question.kind === 'number' ? question.max : ''}.`);
  return withDraft(state, question, { kind: 'number', text });
}

/** The first digit takes the place of a number that is only suggested. */
function overSuggestion(state: State, question: Question, edit: TextEdit): boolean {
  const untouched = state.drafts[question.id] === undefined;
  return edit.type === 'type' && untouched && suggestionNow(state, question) !== null;
}

/** Up is more. From nothing typed it starts at the least. */
function stepNumber(state: State, question: Question, by: number): State {
  if (question.kind !== 'number') return state;
  const candidate = candidateOf(state, question);
  const current = 'answer' in candidate && typeof candidate.answer === 'number' ? candidate.answer : null;
  const next = current === null ? question.min : current - by;
  const value = Math.min(question.max, Math.max(question.min, next));
  return withDraft(state, question, { kind: 'number', text: draftOf(String(value)) });
}

function keysOf(state: State, question: Question): readonly RowKey[] {
  return rowsOf(state, question).map(row => row.key);
}
function cursorOf(state: State, question: Question): RowKey | null {
  return rowUnderCursor(state, question)?.key ?? null;
}
function pointAt(state: State, question: Question, cursor: RowKey | null): State {
  const draft = draftFor(state, question);
  return draft.kind === 'list' ? withDraft(state, question, { ...draft, cursor }) : state;
}
function withDraft(state: State, question: Question, draft: Draft): State {
  return { ...state, drafts: { ...state.drafts, [question.id]: draft } };
}
function problem(state: State, text: string): State {
  return { ...state, notice: { tone: 'problem', text } };
}
