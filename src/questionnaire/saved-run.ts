/** An unfinished run as it is kept between two starts, and how to go on with it. */
import * as z from 'zod/mini';
import type { Answer, Id } from '../content/catalogue.ts';
import { checkAnswer } from '../content/check-answer.ts';
import type { Pin } from '../engine/outcome.ts';
import { type Context, questionOf } from './context.ts';
import { isField, type ProjectTexts } from './project-fields.ts';
import { askedQuestionsOf } from './rows.ts';
import type { Draft, Pace, PinScreen, Screen, State } from './state.ts';

export interface SavedRun {
  readonly format: 1;
  /** Tells unfinished runs apart; starting another run never touches this one. */
  readonly run: number;
  /** State of the knowledge that it was answered with. */
  readonly knowledge: string;
  readonly origin: string;
  readonly pace: Pace;
  readonly project: ProjectTexts;
  readonly answers: Readonly<Record<Id, Answer>>;
  readonly pins: Readonly<Record<Id, Pin>>;
  readonly drafts: Readonly<Record<Id, Draft>>;
  readonly screen: Screen;
}

const text = z.string();
const answer = z.union([text, z.number(), z.array(text)]);
const typed = z.object({ text, caret: z.number() });
const pin = z.object({
  choose: text,
  because: text,
  owner: z.optional(text),
  approver: z.optional(text),
  expires: z.optional(text),
});
const draft = z.union([
  z.object({
    kind: z.literal('list'),
    cursor: z.nullable(text),
    marks: z.nullable(z.array(text)),
    filter: z.nullable(typed),
    filtering: z.boolean(),
  }),
  z.object({ kind: z.literal('number'), text: typed }),
]);
const screen = z.union([
  z.object({ at: z.literal('project'), row: text, caret: z.number() }),
  z.object({ at: z.literal('question'), question: text }),
  z.object({ at: z.literal('decision'), decision: text }),
  z.object({
    at: z.literal('pin'),
    decision: text,
    step: z.enum(['option', 'because', 'owner', 'approver', 'expires']),
    cursor: z.nullable(text),
    texts: z.object({ because: typed, owner: typed, approver: typed, expires: typed }),
  }),
  z.object({ at: z.literal('review') }),
]);
const savedRun = z.object({
  format: z.literal(1),
  run: z.number(),
  knowledge: text,
  origin: text,
  pace: z.optional(z.enum(['whole', 'quick'])),
  project: z.record(text, text),
  answers: z.record(text, answer),
  pins: z.record(text, pin),
  drafts: z.record(text, draft),
  screen,
});

export const REVIEW: Screen = {
  at: 'review',
  section: 'decisions',
  cursors: { decisions: null, answers: null },
};

export function toSaved(state: State, context: Context): SavedRun {
  const { run, origin, pace, project, answers, pins, drafts } = state;
  return {
    format: 1,
    run,
    knowledge: context.catalogue.digest,
    origin,
    pace,
    project,
    answers,
    pins,
    drafts,
    screen: savedScreen(state),
  };
}

/** Looking at things is not kept, only where to go on. */
function savedScreen(state: State): Screen {
  const { screen: here } = state;
  switch (here.at) {
    case 'project':
    case 'question':
    case 'pin':
      return here;
    case 'decision':
      return { ...here, scroll: 0 };
    case 'start':
      return state.trail.at(-1) ?? { at: 'project', row: 'name', caret: 0 };
    case 'assumed':
    case 'review':
    case 'write':
    case 'done':
      return REVIEW;
  }
}

/** The run in a stored value of unknown origin; null where it is none. */
export function readSavedRun(raw: unknown): SavedRun | null {
  const read = savedRun.safeParse(raw);
  if (!read.success) return null;
  const { data } = read;
  return {
    ...data,
    pace: data.pace ?? 'whole',
    project: Object.fromEntries(Object.entries(data.project).filter(([id]) => isField(id))),
    screen: completed(data.screen),
  };
}

function completed(read: z.infer<typeof screen>): Screen {
  switch (read.at) {
    case 'project':
      return { ...read, row: isField(read.row) ? read.row : ':go-on' };
    case 'question':
      return read;
    case 'decision':
      return { ...read, scroll: 0 };
    case 'pin':
      return read satisfies PinScreen;
    case 'review':
      return REVIEW;
  }
}

/** Takes a run up again. What the knowledge of today no longer knows is left out and said. */
export function resume(state: State, saved: SavedRun, context: Context): State {
  const answers = Object.entries(saved.answers).filter(([id, value]) => holds(context, id, value));
  const pins = Object.entries(saved.pins).filter(([id, { choose }]) => optionExists(context, id, choose));
  const kept: State = {
    ...state,
    run: saved.run,
    asOf: context.today,
    origin: saved.origin,
    pace: saved.pace,
    way: [],
    project: saved.project,
    answers: Object.fromEntries(answers),
    pins: Object.fromEntries(pins),
    drafts: Object.fromEntries(
      Object.entries(saved.drafts).filter(([id, value]) => draftFits(context, id, value)),
    ),
    trail: [],
    overlay: null,
  };
  const dropped = [
    ...Object.keys(saved.answers).filter(id => !Object.hasOwn(kept.answers, id)),
    ...Object.keys(saved.pins).filter(id => !Object.hasOwn(kept.pins, id)),
  ];
  const placed = { ...kept, ...placeOf(kept, saved.screen, context) };
  if (dropped.length === 0) return placed;
  const message = `The knowledge has changed since; left out: ${dropped.join(', ')}.`;
  return { ...placed, notice: { tone: 'info', text: message } };
}

function placeOf(state: State, wanted: Screen, context: Context): Pick<State, 'screen' | 'trail'> {
  const known = (decision: Id) => context.catalogue.decisions.some(({ id }) => id === decision);
  if (wanted.at === 'question') {
    const asked = askedQuestionsOf(state, context);
    if (asked.includes(wanted.question)) return { screen: wanted, trail: [] };
    const open = asked.find(id => !Object.hasOwn(state.answers, id));
    return { screen: open === undefined ? REVIEW : { at: 'question', question: open }, trail: [] };
  }
  if (wanted.at === 'decision' && known(wanted.decision)) return { screen: wanted, trail: [REVIEW] };
  if (wanted.at === 'pin' && known(wanted.decision)) {
    const decision: Screen = { at: 'decision', decision: wanted.decision, scroll: 0 };
    return { screen: wanted, trail: [REVIEW, decision] };
  }
  return { screen: wanted.at === 'project' ? wanted : REVIEW, trail: [] };
}

function holds(context: Context, id: Id, value: Answer): boolean {
  const question = questionOf(context, id);
  return question !== null && 'answer' in checkAnswer(question, value);
}

function optionExists(context: Context, decision: Id, option: Id): boolean {
  const found = context.catalogue.decisions.find(({ id }) => id === decision);
  return found?.options.some(({ id }) => id === option) ?? false;
}

function draftFits(context: Context, id: Id, value: Draft): boolean {
  const question = questionOf(context, id);
  if (question === null || (question.kind === 'number') !== (value.kind === 'number')) return false;
  if (question.kind === 'number' || value.kind === 'number' || value.marks === null) return true;
  return value.marks.every(mark => question.choices.some(choice => choice.id === mark));
}
