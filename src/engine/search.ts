/**
 * Picks for a whole stack: decisions in order, the best of what is available. Where a later decision is left without
 * an option, the search jumps back to the latest decision that had a part in it and takes its next best option, so a
 * pick leaves nobody stuck while another one would not. What cannot be had at all is marked impossible.
 */
import { settleQuestion } from './answers.ts';
import {
  type CompiledDecision,
  type CompiledRule,
  copyState,
  type Engine,
  isSingle,
  NO,
  NOTHING,
  newState,
  type State,
  YES,
} from './model.ts';
import { bestOf, type Count, countReasons, firedRules, newCount } from './tally.ts';

/** Room for one search, and its result; it can be used again and again. */
export interface Search {
  /** After {@link searchPicks}: the one pick of every decision, as a bit. */
  readonly state: State;
  /** 1 for each decision that no picks can give an option. */
  readonly impossible: Uint8Array;
  /** Options passed over under the picks made before, as bits. */
  readonly passed: Int32Array;
  /** `decision * 32 + option`: the decision that the option would have left stuck. */
  readonly stuck: Int32Array;
  readonly count: Count;
  readonly fired: CompiledRule[];
  readonly blamed: Set<number>[];
}

export function newSearch(engine: Engine): Search {
  const size = engine.decisions.length;
  return {
    state: newState(engine),
    impossible: new Uint8Array(size),
    passed: new Int32Array(size),
    stuck: new Int32Array(32 * size),
    count: newCount(),
    fired: [],
    blamed: engine.decisions.map(() => new Set()),
  };
}

/** Option index by decision, -1 where nothing is pinned. */
export type PinnedOptions = Int32Array;

export function searchPicks(engine: Engine, base: State, pins: PinnedOptions, search: Search): void {
  search.impossible.fill(0);
  for (;;) {
    const stuck = attempt(engine, base, pins, search);
    if (stuck < 0) return;
    search.impossible[stuck] = 1;
  }
}

/** -1 when every decision has its pick; otherwise the decision that cannot have one beside those before it. */
function attempt(engine: Engine, base: State, pins: PinnedOptions, search: Search): number {
  const { state, passed, blamed } = search;
  copyState(state, base);
  passed.fill(0);
  for (const set of blamed) if (set.size > 0) set.clear();
  let deepest = -1;
  let culprit = -1;
  let at = 0;
  while (at < engine.steps.length) {
    const step = engine.steps[at]!;
    if (step.kind === 'question') {
      settleQuestion(engine, step.question, base, state);
      at++;
      continue;
    }
    const { index } = step.decision;
    const pick = choose(step.decision, pins[index]!, search);
    if (pick > 0) {
      state.picks[index] = pick;
      at++;
      continue;
    }
    if (pick === STUCK) {
      culprit = index;
      deepest = Math.max(deepest, index);
    }
    const target = blame(engine, index, search);
    if (target < 0) return deepest;
    const rejected = state.picks[target]!;
    if (rejected !== NOTHING) search.stuck[target * 32 + 31 - Math.clz32(rejected)] = culprit;
    passed[target] = passed[target]! | rejected;
    passed.fill(0, target + 1);
    for (let later = target + 1; later < blamed.length; later++) blamed[later]!.clear();
    at = engine.stepOf[target]!;
  }
  return -1;
}

/** Nothing is available here. */
const STUCK = -1;
/** All that is available here was tried. */
const EXHAUSTED = 0;

/** The best of what is available and was not tried, as a bit; not above zero where there is nothing left. */
export function choose(decision: CompiledDecision, pin: number, search: Search): number {
  const { state, passed, impossible, count, fired } = search;
  const tried = passed[decision.index]!;
  if (decision.applies.test(state) === NO) return NOTHING & ~tried;
  if (pin >= 0) return (1 << pin) & ~tried;
  const available = availableOptions(decision, state);
  if (available === 0) return impossible[decision.index] === 1 ? NOTHING & ~tried : STUCK;
  const left = available & ~tried;
  if (left === 0) return EXHAUSTED;
  if (isSingle(left)) return left;
  firedRules(decision.reasons, state, fired);
  countReasons(decision, fired, state.ranks, count);
  return 1 << bestOf(count, left);
}

/** The latest decision that had a part in this one being stuck; -1 where none had. */
function blame(engine: Engine, index: number, { blamed }: Search): number {
  const own = blamed[index]!;
  for (const read of engine.decisions[index]!.availabilityReads) own.add(read);
  let target = -1;
  for (const read of own) target = Math.max(target, read);
  if (target < 0) return target;
  const handedOn = blamed[target]!;
  for (const read of own) if (read !== target) handedOn.add(read);
  return target;
}

/** Options that apply and are not ruled out, as bits. */
export function availableOptions(decision: CompiledDecision, state: State): number {
  let available = applicableOptions(decision, state);
  for (const rule of decision.bans) {
    if ((rule.rulesOut & available) !== 0 && rule.condition.test(state) === YES) available &= ~rule.rulesOut;
  }
  return available;
}

export function applicableOptions(decision: CompiledDecision, state: State): number {
  let applicable = 0;
  for (const option of decision.options) {
    if (option.applies.test(state) !== NO) applicable |= 1 << option.index;
  }
  return applicable;
}
