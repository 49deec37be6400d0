/** The way through a run: project details, the questions that apply in their order, the review; and jumps with a way back. */
import { type Id, UNSURE } from '../content/catalogue.ts';
import { type Context, questionOf } from './context.ts';
import { nextInQuickMode } from './quick.ts';
import { askedQuestionsOf } from './rows.ts';
import { REVIEW } from './saved-run.ts';
import { GO_ON_ROW, type ProjectScreen, type Screen, START, type State } from './state.ts';

export function projectScreen(state: State, row: ProjectScreen['row']): ProjectScreen {
  return { at: 'project', row, caret: row === GO_ON_ROW ? 0 : (state.project[row] ?? '').length };
}

/** To a screen from which `back` returns here. */
export function jump(state: State, screen: Screen): State {
  return { ...state, screen, trail: [...state.trail, state.screen] };
}
/** To a screen on the ordinary way; jumps are over. */
export function goTo(state: State, screen: Screen): State {
  return { ...state, screen, trail: [] };
}
export function returnFrom(state: State): State | null {
  const screen = state.trail.at(-1);
  return screen === undefined ? null : { ...state, screen, trail: state.trail.slice(0, -1) };
}

/** After the project details: back where they were opened from, else the first question. */
export function afterProject(state: State, context: Context): State {
  const returned = returnFrom(state);
  if (returned !== null) return returned;
  if (state.pace === 'quick') return goTo(state, nextInQuickMode(state, context));
  const first = askedQuestionsOf(state, context)[0];
  return goTo(state, first === undefined ? REVIEW : { at: 'question', question: first });
}

/** After a question: back where it was opened from, else the next one in this pace, after the last the review. */
export function afterQuestion(state: State, question: Id, context: Context): State {
  const returned = returnFrom(state);
  if (returned !== null) return returned;
  if (state.pace === 'quick') {
    const onward: State = { ...state, way: [...state.way, question] };
    return goTo(onward, nextInQuickMode(onward, context));
  }
  const asked = askedQuestionsOf(state, context);
  const next = asked[asked.indexOf(question) + 1];
  const last = !asked.includes(question) || next === undefined;
  return goTo(state, last ? REVIEW : { at: 'question', question: next });
}

export function beforeQuestion(state: State, question: Id, context: Context): State {
  const returned = returnFrom(state) ?? backInQuickMode(state, context);
  if (returned !== null) return returned;
  const asked = askedQuestionsOf(state, context);
  const previous = asked[asked.indexOf(question) - 1];
  return goTo(
    state,
    previous === undefined ? projectScreen(state, GO_ON_ROW) : { at: 'question', question: previous },
  );
}

export function beforeReview(state: State, context: Context): State {
  const returned = returnFrom(state) ?? backInQuickMode(state, context);
  if (returned !== null) return returned;
  const last = askedQuestionsOf(state, context).at(-1);
  return goTo(
    state,
    last === undefined ? projectScreen(state, GO_ON_ROW) : { at: 'question', question: last },
  );
}

/** To the question before that still applies; null where there is none, or every question is asked in order. */
function backInQuickMode(state: State, context: Context): State | null {
  if (state.pace !== 'quick') return null;
  const asked = askedQuestionsOf(state, context);
  const place = state.way.findLastIndex(id => asked.includes(id));
  const question = state.way[place];
  if (question === undefined) return null;
  return goTo({ ...state, way: state.way.slice(0, place) }, { at: 'question', question });
}

/** Between quick mode and every question in order; what was answered stays. */
export function changePace(state: State, context: Context): State {
  const { screen } = state;
  if (state.pace === 'whole') {
    const answered = screen.at === 'question' && Object.hasOwn(state.answers, screen.question);
    const way = answered ? [screen.question] : [];
    const text = 'Quick mode: the most decisive question next, until no other can change a decision.';
    const quick: State = { ...state, pace: 'quick', way, notice: { tone: 'info', text } };
    return goTo(quick, nextInQuickMode(quick, context));
  }
  const notice = { tone: 'info', text: 'Every question that applies is asked, in order.' } as const;
  const whole: State = { ...state, pace: 'whole', way: [], notice };
  if (screen.at !== 'assumed') return whole;
  const question = firstUnanswered(whole, context);
  return goTo(whole, question === null ? REVIEW : { at: 'question', question });
}

export function beforeProject(state: State): State {
  return returnFrom(state) ?? { ...state, screen: START, trail: [state.screen] };
}

/** The review from anywhere: the one that is open below, else on top of where we are. */
export function toReview(state: State): State {
  if (state.screen.at === 'review') return state;
  const below = state.trail.findLastIndex(screen => screen.at === 'review');
  const screen = state.trail[below];
  if (screen !== undefined) return { ...state, screen, trail: state.trail.slice(0, below) };
  return jump(state, REVIEW);
}

export function firstUnanswered(state: State, context: Context): Id | null {
  return askedQuestionsOf(state, context).find(id => !Object.hasOwn(state.answers, id)) ?? null;
}

/** The first question without which nothing can be written. */
export function requiredUnanswered(state: State, context: Context): Id | null {
  const missing = (id: Id): boolean => {
    const answer = state.answers[id];
    return questionOf(context, id)?.required === true && (answer === undefined || answer === UNSURE);
  };
  return askedQuestionsOf(state, context).find(missing) ?? null;
}
