/** What actions do in the form of the project details. Every key typed is kept; going on needs details that hold. */
import type { Action } from './actions.ts';
import type { Context } from './context.ts';
import { movedCursor } from './cursor.ts';
import { FIELDS, type FieldId, fieldProblems } from './project-fields.ts';
import { afterProject, beforeProject, projectScreen } from './route.ts';
import { GO_ON_ROW, type ProjectScreen, type State } from './state.ts';
import { editText, type TextEdit } from './text-draft.ts';

type ProjectRow = ProjectScreen['row'];
/** Going on lies right below the name, the only detail that is needed. */
export const PROJECT_ROWS: readonly ProjectRow[] = [
  'name',
  GO_ON_ROW,
  ...FIELDS.map(field => field.id).filter(id => id !== 'name'),
];

export function updateProject(state: State, screen: ProjectScreen, action: Action, context: Context): State {
  switch (action.type) {
    case 'type':
    case 'erase':
    case 'caret':
      return screen.row === GO_ON_ROW ? state : edited(state, screen, screen.row, action);
    case 'move':
      return atRow(state, asRow(movedCursor(PROJECT_ROWS, screen.row, action.by)));
    case 'move-to':
      return atRow(state, action.end === 'first' ? 'name' : (PROJECT_ROWS.at(-1) ?? 'name'));
    case 'accept':
    case 'next':
      return screen.row === GO_ON_ROW ? goOn(state, context) : leaveField(state, screen.row);
    case 'back':
      return beforeProject(state);
    default:
      return state;
  }
}

export function setDetail(state: State, field: FieldId, text: string): State {
  const filled = { ...state, project: { ...state.project, [field]: text } };
  return leaveField(filled, field);
}

function edited(state: State, screen: ProjectScreen, row: FieldId, edit: TextEdit): State {
  const draft = editText({ text: state.project[row] ?? '', caret: screen.caret }, edit);
  return {
    ...state,
    project: { ...state.project, [row]: draft.text },
    screen: { ...screen, caret: draft.caret },
  };
}

function leaveField(state: State, field: FieldId): State {
  const wrong = fieldProblems(state.project).get(field);
  if (wrong !== undefined) return { ...atRow(state, field), notice: { tone: 'problem', text: wrong } };
  const next = PROJECT_ROWS[PROJECT_ROWS.indexOf(field) + 1];
  return atRow(state, next ?? GO_ON_ROW);
}

function goOn(state: State, context: Context): State {
  const problems = fieldProblems(state.project);
  const first = PROJECT_ROWS.find(row => row !== GO_ON_ROW && problems.has(row));
  if (first === undefined || first === GO_ON_ROW) return afterProject(state, context);
  return { ...atRow(state, first), notice: { tone: 'problem', text: problems.get(first) ?? '' } };
}

function atRow(state: State, row: ProjectRow): State {
  return { ...state, screen: projectScreen(state, row) };
}
function asRow(key: string | null): ProjectRow {
  return PROJECT_ROWS.find(row => row === key) ?? 'name';
}
