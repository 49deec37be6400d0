/** The start: a new run, one from a preset, from an answers file, or an unfinished one. */
import type { Action } from './actions.ts';
import type { Context } from './context.ts';
import { cursorOr, endCursor, movedCursor } from './cursor.ts';
import type { OpenReport } from './effects.ts';
import { textsOf } from './project-fields.ts';
import { goTo, jump, projectScreen, requiredUnanswered, returnFrom } from './route.ts';
import { REVIEW, readSavedRun, resume } from './saved-run.ts';
import { type Offer, START, type StartScreen, type State } from './state.ts';
import { draftOf, editText } from './text-draft.ts';

export type StartRow =
  | { readonly key: ':continue'; readonly kind: 'continue' }
  | { readonly key: string; readonly kind: 'resume'; readonly offer: Offer }
  | { readonly key: ':new'; readonly kind: 'new' }
  | { readonly key: ':quick'; readonly kind: 'quick' }
  | {
      readonly key: string;
      readonly kind: 'preset';
      readonly preset: Context['catalogue']['presets'][number];
    }
  | { readonly key: ':open'; readonly kind: 'open' };

export function startRows(state: State, context: Context): readonly StartRow[] {
  return [
    ...(state.run === 0 ? [] : [{ key: ':continue', kind: 'continue' } as const]),
    ...state.offers.map(offer => ({ key: `:resume-${offer.run.run}`, kind: 'resume', offer }) as const),
    { key: ':new', kind: 'new' },
    { key: ':quick', kind: 'quick' },
    ...context.catalogue.presets.map(preset => ({ key: preset.id, kind: 'preset', preset }) as const),
    { key: ':open', kind: 'open' },
  ];
}

/** Where the user went; else quick mode where the wizard was started for it, else the first row. */
export function startCursor(state: State, screen: StartScreen, context: Context): string | null {
  const keys = startRows(state, context).map(row => row.key);
  const wanted = state.run === 0 && state.pace === 'quick' ? ':quick' : null;
  return cursorOr(keys, screen.cursor ?? wanted);
}

export function updateStart(state: State, screen: StartScreen, action: Action, context: Context): State {
  if (screen.opening) return state;
  if (screen.path !== null) return updatePath(state, screen, screen.path.text, action);
  const rows = startRows(state, context);
  const keys = rows.map(row => row.key);
  const current = startCursor(state, screen, context);
  const at = (cursor: string | null): State => ({ ...state, screen: { ...screen, cursor, problems: [] } });
  switch (action.type) {
    case 'move':
      return at(movedCursor(keys, current, action.by));
    case 'move-to':
      return at(endCursor(keys, action.end));
    case 'pick': {
      const row = rows[action.row];
      return row === undefined ? state : begin(at(row.key), row, context);
    }
    case 'accept':
    case 'next': {
      const row = rows.find(({ key }) => key === current);
      return row === undefined ? state : begin(state, row, context);
    }
    case 'back':
      return state.run === 0
        ? info(state, 'This is the start. Ctrl-C leaves.')
        : (returnFrom(state) ?? state);
    default:
      return state;
  }
}

function begin(state: State, row: StartRow, context: Context): State {
  switch (row.kind) {
    case 'continue':
      return returnFrom(state) ?? goTo(state, projectScreen(state, 'name'));
    case 'resume':
      return withoutOffer(resume(state, row.offer.run, context));
    case 'new':
      return fresh({ ...state, pace: 'whole' }, 'new', context);
    case 'quick':
      return fresh({ ...state, pace: 'quick' }, 'new', context);
    case 'preset': {
      const count = Object.keys(row.preset.answers).length;
      const begun = fresh({ ...state, pace: 'quick' }, row.preset.title, context);
      const filled = `${count} answers filled in from "${row.preset.title}"; each can be changed.`;
      return info({ ...begun, answers: row.preset.answers }, `${filled} Only what is left open is asked.`);
    }
    case 'open':
      return { ...state, screen: { ...START, cursor: row.key, path: draftOf('') } };
  }
}

/** A run of its own number: whatever ran before stays saved under another. */
function fresh(state: State, origin: string, context: Context): State {
  const begun: State = {
    ...state,
    run: context.firstRun + state.runsBegun,
    runsBegun: state.runsBegun + 1,
    asOf: context.today,
    origin,
    project: {},
    answers: {},
    pins: {},
    drafts: {},
    way: [],
  };
  return goTo(begun, projectScreen(begun, 'name'));
}

function updatePath(state: State, screen: StartScreen, path: string, action: Action): State {
  switch (action.type) {
    case 'type':
    case 'erase':
    case 'caret':
      return {
        ...state,
        screen: { ...screen, path: editText(screen.path ?? draftOf(''), action), problems: [] },
      };
    case 'back':
      return { ...state, screen: { ...screen, path: null, problems: [] } };
    case 'accept':
    case 'next':
      if (path.trim() === '') return info(state, 'Type the path of an answers file, or Esc to go back.');
      return {
        ...state,
        screen: { ...screen, opening: true, problems: [] },
        effects: [{ type: 'open', path: path.trim() }],
      };
    default:
      return state;
  }
}

export function opened(state: State, report: OpenReport, context: Context): State {
  const { screen } = state;
  if (screen.at !== 'start' || !screen.opening) return state;
  if (report.status === 'refused') {
    return { ...state, screen: { ...screen, opening: false, problems: report.problems } };
  }
  const begun: State = {
    ...fresh(state, report.path, context),
    asOf: report.file.asOf ?? context.today,
    project: textsOf(report.file.project),
    answers: report.file.answers,
    pins: report.file.pins,
  };
  return askWhatIsMissing(goTo(begun, REVIEW), context);
}

/** The file is good as far as it goes: what it must hold and does not is asked, with the review to go on to. */
function askWhatIsMissing(state: State, context: Context): State {
  const missing = requiredUnanswered(state, context);
  if (missing === null) return state;
  const asked = jump(state, { at: 'question', question: missing });
  return info(asked, 'The file has no answer to this one, and it is needed.');
}

/** Unfinished runs arrive after the first frame; the cursor goes to them unless the user moved it already. */
export function offered(
  state: State,
  runs: readonly { readonly savedAt: string; readonly run: unknown }[],
): State {
  const offers = runs.flatMap(({ savedAt, run }) => {
    const saved = readSavedRun(run);
    return saved === null ? [] : [{ savedAt, run: saved }];
  });
  return { ...state, offers };
}

function withoutOffer(state: State): State {
  return { ...state, offers: state.offers.filter(offer => offer.run.run !== state.run) };
}
function info(state: State, text: string): State {
  return { ...state, notice: { tone: 'info', text } };
}
