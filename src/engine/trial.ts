/**
 * Picks again after a few answers have changed: only what reads a changed answer, or a pick that changed because of it,
 * is evaluated. Where a decision is left without an option the whole search runs, since picks before it may move too.
 */
import { settleQuestion } from './answers.ts';
import {
  type CompiledCondition,
  type CompiledDecision,
  copyState,
  type Engine,
  type State,
} from './model.ts';
import { choose, type PinnedOptions, type Search, searchPicks } from './search.ts';

/** An evaluation that trials start from. */
export interface Known {
  readonly picked: State;
  /** False where picks gave way for later decisions: then every trial is a whole search. */
  readonly straight: boolean;
}

/** Right after {@link searchPicks}. */
export function knownFrom(search: Search, room: State): Known {
  copyState(room, search.state);
  const gaveWay = search.passed.some(options => options !== 0) || search.impossible.includes(1);
  return { picked: room, straight: !gaveWay };
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
  { picked: before }: Known,
  pins: PinnedOptions,
  search: Search,
): boolean {
  const { ofQuestion, ofDecision, stepOfQuestion, dirty } = readersOf(engine);
  const { state } = search;
  copyState(state, before);
  search.passed.fill(0);
  search.impossible.fill(0);
  dirty.fill(0);
  for (const index of changed) {
    const step = stepOfQuestion[index]!;
    if (step >= 0) dirty[step] = 1;
    else {
      takeOver(engine, index, base, state);
      mark(dirty, ofQuestion[index]!);
    }
  }
  for (let at = 0; at < dirty.length; at++) {
    if (dirty[at] === 0) continue;
    const step = engine.steps[at]!;
    if (step.kind === 'question') {
      const { index } = step.question;
      settleQuestion(engine, step.question, base, state);
      if (differs(engine, index, state, before)) mark(dirty, ofQuestion[index]!);
      continue;
    }
    const { index } = step.decision;
    const pick = choose(step.decision, pins[index]!, search);
    if (pick <= 0) return false;
    state.picks[index] = pick;
    if (pick !== before.picks[index]) mark(dirty, ofDecision[index]!);
  }
  return true;
}

export function mark(dirty: Uint8Array, steps: readonly number[]): void {
  for (const step of steps) dirty[step] = 1;
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

export function differs(engine: Engine, index: number, a: State, b: State): boolean {
  if (index !== engine.driversQuestion)
    return a.may[index] !== b.may[index] || a.must[index] !== b.must[index];
  return a.ranksOpen[0] !== b.ranksOpen[0] || a.ranks.some((rank, driver) => rank !== b.ranks[driver]);
}

interface Readers {
  /** Question to the steps that read it, decision likewise. */
  readonly ofQuestion: readonly (readonly number[])[];
  readonly ofDecision: readonly (readonly number[])[];
  /** Of each step by question: which answers its conditions ask for, as bits. */
  readonly asksFor: readonly ReadonlyMap<number, ReadonlySet<number>>[];
  /** -1 for a question that is always asked. */
  readonly stepOfQuestion: Int32Array;
  /** 1 for each step that has to be evaluated in the trial at hand. */
  readonly dirty: Uint8Array;
}
const known = new WeakMap<Engine, Readers>();

export function readersOf(engine: Engine): Readers {
  const found = known.get(engine) ?? findReaders(engine);
  known.set(engine, found);
  return found;
}

function findReaders(engine: Engine): Readers {
  const ofQuestion = engine.questions.map((): number[] => []);
  const ofDecision = engine.decisions.map((): number[] => []);
  const stepOfQuestion = new Int32Array(engine.questions.length).fill(-1);
  const asksFor = engine.steps.map((step, at) => {
    const masks = new Map<number, Set<number>>();
    if (step.kind === 'question') stepOfQuestion[step.question.index] = at;
    const conditions = step.kind === 'question' ? [step.question.askedWhen] : conditionsOf(step.decision);
    for (const { questions, decisions } of conditions) {
      for (const { index, mask } of questions) {
        ofQuestion[index]?.push(at);
        masks.set(index, (masks.get(index) ?? new Set()).add(mask));
      }
      for (const { index } of decisions) ofDecision[index]?.push(at);
    }
    // Which reasons count twice is for the ranked drivers to say.
    if (step.kind === 'decision' && step.decision.reasons.length > 0) {
      ofQuestion[engine.driversQuestion]?.push(at);
    }
    return masks;
  });
  return { ofQuestion, ofDecision, asksFor, stepOfQuestion, dirty: new Uint8Array(engine.steps.length) };
}

const conditionsOf = (decision: CompiledDecision): readonly CompiledCondition[] => [
  decision.applies,
  ...decision.options.map(option => option.applies),
  ...decision.bans.map(ban => ban.condition),
  ...decision.reasons.map(reason => reason.condition),
];
