/** The state of one run: plain JSON, so that it can be saved, sent, compared and replayed. */
import type { Answer, Day, Id } from '../content/catalogue.ts';
import type { Pin } from '../engine/outcome.ts';
import type { PlanReport, Progress, What, WriteReport, WriteRequest } from './effects.ts';
import type { FieldId } from './project-fields.ts';
import type { SavedRun } from './saved-run.ts';
import type { TextDraft } from './text-draft.ts';

/** Row of a list: an id, or with a leading colon something that is not an id. */
export type RowKey = string;
export const NONE_ROW = ':none';
export const UNSURE_ROW = ':unsure';
export const GO_ON_ROW = ':go-on';
export const PROJECT_ROW = ':project';
export const REVIEW_ROW = ':review';

/** What was pointed at, marked or typed for a question and not yet accepted. */
export type Draft =
  | {
      readonly kind: 'list';
      /** Null: where the answer is, else the first row. */
      readonly cursor: RowKey | null;
      /** Null: as answered. In order of marking, which is the order of a ranking. */
      readonly marks: readonly Id[] | null;
      readonly filter: TextDraft | null;
      readonly filtering: boolean;
    }
  | { readonly kind: 'number'; readonly text: TextDraft };

export interface StartScreen {
  readonly at: 'start';
  readonly cursor: RowKey | null;
  /** Path of the answers file while it is typed. */
  readonly path: TextDraft | null;
  readonly opening: boolean;
  readonly problems: readonly string[];
}
export interface ProjectScreen {
  readonly at: 'project';
  readonly row: FieldId | typeof GO_ON_ROW;
  readonly caret: number;
}
export interface QuestionScreen {
  readonly at: 'question';
  readonly question: Id;
}
export type ReviewSection = 'decisions' | 'answers';
export interface ReviewScreen {
  readonly at: 'review';
  readonly section: ReviewSection;
  readonly cursors: Readonly<Record<ReviewSection, RowKey | null>>;
}
export interface DecisionScreen {
  readonly at: 'decision';
  readonly decision: Id;
  readonly scroll: number;
}
export const PIN_TEXTS = ['because', 'owner', 'approver', 'expires'] as const;
export type PinText = (typeof PIN_TEXTS)[number];
export interface PinScreen {
  readonly at: 'pin';
  readonly decision: Id;
  readonly step: 'option' | PinText;
  readonly cursor: RowKey | null;
  readonly texts: Readonly<Record<PinText, TextDraft>>;
}
/** What the write screen offers besides {@link What}: the answers file alone. */
export type Target = What | 'answers';
export interface WriteScreen {
  readonly at: 'write';
  readonly step: 'what' | 'where' | 'planning' | 'occupied' | 'plan' | 'writing' | 'failed';
  readonly target: Target;
  /** Null until the user or a suggestion filled it in. */
  readonly path: TextDraft | null;
  readonly intoExisting: boolean;
  readonly cursor: RowKey | null;
  readonly scroll: number;
  readonly plan: PlanReport | null;
  readonly progress: Progress | null;
  readonly failure: { readonly message: string; readonly help: string } | null;
}
export interface DoneScreen {
  readonly at: 'done';
  readonly report: Extract<WriteReport, { status: 'written' }>;
  readonly scroll: number;
}
/** The end of quick mode: what is assumed for all that was not asked. */
export interface AssumedScreen {
  readonly at: 'assumed';
  readonly scroll: number;
}
export type Screen =
  | StartScreen
  | ProjectScreen
  | QuestionScreen
  | ReviewScreen
  | DecisionScreen
  | PinScreen
  | WriteScreen
  | DoneScreen
  | AssumedScreen;

/** Shown over the screen and closed again; the screen below stays as it is. */
export type Overlay =
  | { readonly kind: 'help' | 'stack'; readonly scroll: number }
  | { readonly kind: 'topics'; readonly cursor: RowKey | null }
  | { readonly kind: 'conflict'; readonly decision: Id; readonly cursor: RowKey | null };

export interface Notice {
  readonly tone: 'info' | 'problem';
  readonly text: string;
}

/** What an action asks the shell to do; carried out once, in order, before the next action. */
export type Effect =
  | { readonly type: 'save-run'; readonly run: SavedRun }
  | { readonly type: 'forget-run'; readonly run: number }
  | { readonly type: 'open'; readonly path: string }
  /** Find out what is settled, once nothing more urgent is to do. */
  | { readonly type: 'settle' }
  | { readonly type: 'save-answers'; readonly path: string }
  | { readonly type: 'plan'; readonly request: WriteRequest }
  | { readonly type: 'write'; readonly request: WriteRequest };

export interface Offer {
  readonly savedAt: string;
  readonly run: SavedRun;
}

/** Every question that applies, in order; or the most decisive one next, as long as one can change a decision. */
export type Pace = 'whole' | 'quick';

export interface State {
  /** 0 until a run was begun. */
  readonly run: number;
  readonly runsBegun: number;
  readonly asOf: Day;
  /** What the run began with, in words: `new`, a preset's title or a path. */
  readonly origin: string;
  /** As typed; a run goes on only with details that hold. */
  readonly project: Readonly<Partial<Record<FieldId, string>>>;
  /** Also those to questions that no longer apply: they count, and come back with their question. */
  readonly answers: Readonly<Record<Id, Answer>>;
  readonly pins: Readonly<Record<Id, Pin>>;
  readonly drafts: Readonly<Record<Id, Draft>>;
  /** Decisions that no remaining answer can change: reported some time after an answer, since finding out takes long. */
  readonly settled: readonly Id[];
  readonly pace: Pace;
  /** In quick mode, the questions before the present one, to go back to. */
  readonly way: readonly Id[];
  readonly screen: Screen;
  /** Screens to come back to, the nearest last; empty on the way from question to question. */
  readonly trail: readonly Screen[];
  readonly overlay: Overlay | null;
  readonly notice: Notice | null;
  /** Unfinished runs of earlier starts. */
  readonly offers: readonly Offer[];
  readonly effects: readonly Effect[];
  readonly leaving: boolean;
  readonly left: { readonly exitCode: number; readonly how: 'finished' | 'saved' | 'interrupted' } | null;
}

export const START: StartScreen = { at: 'start', cursor: null, path: null, opening: false, problems: [] };

export function initialState(today: Day, pace: Pace = 'whole'): State {
  return {
    run: 0,
    runsBegun: 0,
    asOf: today,
    origin: '',
    project: {},
    answers: {},
    pins: {},
    drafts: {},
    settled: [],
    pace,
    way: [],
    screen: START,
    trail: [],
    overlay: null,
    notice: null,
    offers: [],
    effects: [],
    leaving: false,
    left: null,
  };
}
