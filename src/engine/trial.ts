/**
 * Picks again after a few answers have changed: only what reads a changed answer, or a pick that changed because of it,
 * is evaluated. Where a decision is left without an option the whole search runs, since picks before it may move too.
 */
import { settleQuestion } from './answers.ts';
import {
  type CompiledCondition,
  type CompiledDecision,
  type CompiledRule,
  copyState,
  type Engine,
  type State,
  UNRANKED,
} from './model.ts';
import { choose, type PinnedOptions, type Search, searchPicks } from './search.ts';
import { firedRules } from './tally.ts';

/** An evaluation that trials start from. */
export interface Known {
  readonly picked: State;
  /** False where picks gave way for later decisions: then every trial is a whole search. */
  readonly straight: boolean;
  readonly seen: Seen;
}

/** Picks of earlier trials that changed the same single question, by step and by all that the step sees of the changes. */
interface Seen {
  question: number;
  readonly picks: Map<string, number>;
  readonly views: Map<string, View>;
}
type View = (state: State) => number | string;

/** Right after {@link searchPicks}. */
export function knownFrom(search: Search, room: State): Known {
  copyState(room, search.state);
  const gaveWay = search.passed.some(options => options !== 0) || search.impossible.includes(1);
  return { picked: room, straight: !gaveWay, seen: { question: -1, picks: new Map(), views: new Map() } };
}

/** What {@link searchPicks} would find for `base`, which differs from the known evaluation in these questions only. */
export function tryPicks(
  engine: Engine,
  base: State,
  changed: readonly number[],
  known: Known,
  pins: PinnedOptions,
  search: Search,
): void {
  if (!known.straight || !follow(engine, base, changed, known, pins, search)) {
    searchPicks(engine, base, pins, search);
  }
}

/** False where a decision is stuck. */
function follow(
  engine: Engine,
  base: State,
  changed: readonly number[],
  { picked: before, seen }: Known,
  pins: PinnedOptions,
  search: Search,
): boolean {
  const [single = -1] = changed.length === 1 ? changed : [];
  if (seen.question !== single) forget(seen, single);
  const readers = readersOf(engine);
  const { dirty } = readers;
  const { state } = search;
  copyState(state, before);
  search.passed.fill(0);
  search.impossible.fill(0);
  dirty.fill(0);
  const mark = (steps: readonly number[], why: typeof ANSWER | typeof OTHER): void => {
    for (const step of steps) dirty[step] = dirty[step]! | why;
  };
  for (const index of changed) {
    const step = readers.stepOfQuestion[index]!;
    if (step >= 0) {
      dirty[step] = OTHER;
      continue;
    }
    takeOver(engine, index, base, state);
    mark(readers.ofQuestion[index]!, index === single ? ANSWER : OTHER);
  }
  for (let at = 0; at < dirty.length; at++) {
    if (dirty[at] === 0) continue;
    const step = engine.steps[at]!;
    if (step.kind === 'question') {
      const { index } = step.question;
      settleQuestion(engine, step.question, base, state);
      if (differs(engine, index, state, before)) {
        mark(readers.ofQuestion[index]!, index === single ? ANSWER : OTHER);
      }
      continue;
    }
    const { index } = step.decision;
    const view = viewOf(engine, step.decision, dirty[at]! === ANSWER ? before : null, seen);
    const key = `${at} ${view(state)} ${inputsOf(readers, at, single, state)}`;
    const pick =
      (single >= 0 ? seen.picks.get(key) : undefined) ?? choose(step.decision, pins[index]!, search);
    if (pick <= 0) return false;
    if (single >= 0) seen.picks.set(key, pick);
    state.picks[index] = pick;
    if (pick !== before.picks[index]) mark(readers.ofDecision[index]!, OTHER);
  }
  return true;
}

/** Why a step is evaluated again: it reads the one answer that was changed, or something that changed because of it. */
const [ANSWER, OTHER] = [1, 2] as const;

function forget(seen: Seen, question: number): void {
  seen.question = question;
  seen.picks.clear();
  seen.views.clear();
}

/**
 * What a decision can tell apart of the changed answer: which of its atoms hold, or the order of the drivers it counts.
 * `before` is given where nothing else has changed: then the same reasons count.
 */
function viewOf(engine: Engine, decision: CompiledDecision, before: State | null, seen: Seen): View {
  const { question } = seen;
  const key = `${decision.index} ${before === null}`;
  const known = seen.views.get(key);
  if (known !== undefined) return known;
  const view =
    question === engine.driversQuestion
      ? orderOf(driversBehind(decision, before))
      : atomsOf(question, conditionsOf(decision));
  seen.views.set(key, view);
  return view;
}

/** Picks and questions that are not always asked, as far as the step reads them. */
function inputsOf({ reads }: Readers, at: number, single: number, { may, must, picks }: State): string {
  const { questions, decisions } = reads[at]!;
  let text = '';
  for (const index of decisions) text += `${picks[index]!} `;
  for (const index of questions) if (index !== single) text += `${may[index]!},${must[index]!} `;
  return text;
}

function atomsOf(question: number, conditions: readonly CompiledCondition[]): View {
  const masks = new Set(
    conditions.flatMap(({ questions }) =>
      questions.filter(({ index }) => index === question).map(({ mask }) => mask),
    ),
  );
  return ({ may }) => {
    const set = may[question]!;
    if (masks.size > 30) return set;
    let view = 0;
    for (const mask of masks) view = (view << 1) | ((set & mask) === 0 ? 0 : 1);
    return view;
  };
}

function driversBehind({ reasons }: CompiledDecision, state: State | null): readonly number[] {
  const fired: CompiledRule[] = state === null ? [...reasons] : [];
  if (state !== null) firedRules(reasons, state, fired);
  return [...new Set(fired.map(({ driver }) => driver))];
}

function orderOf(drivers: readonly number[]): View {
  return ({ ranks }) =>
    drivers
      .filter(driver => ranks[driver] !== UNRANKED)
      .sort((a, b) => ranks[a]! - ranks[b]!)
      .join();
}

function takeOver(engine: Engine, index: number, from: State, to: State): void {
  if (index === engine.driversQuestion) {
    to.ranks.set(from.ranks);
    to.ranksOpen.set(from.ranksOpen);
    return;
  }
  to.may[index] = from.may[index]!;
  to.must[index] = from.must[index]!;
}

function differs(engine: Engine, index: number, a: State, b: State): boolean {
  if (index !== engine.driversQuestion)
    return a.may[index] !== b.may[index] || a.must[index] !== b.must[index];
  return a.ranksOpen[0] !== b.ranksOpen[0] || a.ranks.some((rank, driver) => rank !== b.ranks[driver]);
}

interface Readers {
  /** Question to the steps that read it, decision likewise. */
  readonly ofQuestion: readonly (readonly number[])[];
  readonly ofDecision: readonly (readonly number[])[];
  /** By step: the decisions that it reads, and the questions that are not always asked. */
  readonly reads: readonly { readonly questions: readonly number[]; readonly decisions: readonly number[] }[];
  /** -1 for a question that is always asked. */
  readonly stepOfQuestion: Int32Array;
  /** Why each step has to be evaluated in the trial at hand; 0 for those that need not. */
  readonly dirty: Uint8Array;
}
const known = new WeakMap<Engine, Readers>();

function readersOf(engine: Engine): Readers {
  const found = known.get(engine) ?? findReaders(engine);
  known.set(engine, found);
  return found;
}

function findReaders(engine: Engine): Readers {
  const ofQuestion = engine.questions.map((): number[] => []);
  const ofDecision = engine.decisions.map((): number[] => []);
  const stepOfQuestion = new Int32Array(engine.questions.length).fill(-1);
  engine.steps.forEach((step, at) => {
    if (step.kind === 'question') stepOfQuestion[step.question.index] = at;
    const conditions = step.kind === 'question' ? [step.question.askedWhen] : conditionsOf(step.decision);
    for (const { questions, decisions } of conditions) {
      for (const { index } of questions) ofQuestion[index]?.push(at);
      for (const { index } of decisions) ofDecision[index]?.push(at);
    }
    // Which reasons count twice is for the ranked drivers to say.
    if (step.kind === 'decision' && step.decision.reasons.length > 0) {
      ofQuestion[engine.driversQuestion]?.push(at);
    }
  });
  const reads = engine.steps.map(step => {
    const conditions = step.kind === 'question' ? [] : conditionsOf(step.decision);
    const gated = conditions.flatMap(({ questions }) =>
      questions.map(({ index }) => index).filter(index => stepOfQuestion[index]! >= 0),
    );
    const decisions = conditions.flatMap(one => one.decisions.map(({ index }) => index));
    return { questions: [...new Set(gated)], decisions: [...new Set(decisions)] };
  });
  return { ofQuestion, ofDecision, reads, stepOfQuestion, dirty: new Uint8Array(engine.steps.length) };
}

const conditionsOf = (decision: CompiledDecision): readonly CompiledCondition[] => [
  decision.applies,
  ...decision.options.map(option => option.applies),
  ...decision.bans.map(ban => ban.condition),
  ...decision.reasons.map(reason => reason.condition),
];
