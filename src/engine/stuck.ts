/** Whether a decision could be left without an option by the answers and by what was picked before: cases are split. */
import {
  type Atom,
  type CompiledCondition,
  type CompiledDecision,
  type Engine,
  isSingle,
  MAYBE,
  NO,
  NOTHING,
  type State,
  type Truth,
} from './model.ts';
import { availability } from './possible.ts';
import type { PinnedOptions } from './search.ts';

/** Cases looked at before the answer is "it could". */
const MOST_CASES = 400;

/**
 * False is certain; true may be over-cautious. Earlier picks are taken freely from what the state says is possible, but
 * only as far as the answers of the case let them be available. The state is restored before it returns.
 */
export function mayBeStuck(
  engine: Engine,
  decision: CompiledDecision,
  state: State,
  pins: PinnedOptions,
): boolean {
  const earlier = earlierDecisions(engine, decision).filter(({ index }) => pins[index]! < 0);
  let cases = 0;
  const stuck = (): boolean => {
    const applies = decision.applies.test(state);
    if (applies === NO) return false;
    const { sure, maybe } = availability(decision, state);
    if (sure !== 0 || earlier.some(one => isContradicted(one, state))) return false;
    cases++;
    if (cases > MOST_CASES) return true;
    const open = openWithin(decision, applies, maybe, state) ?? openPick(earlier, state);
    return open === null || split(engine, open, state, stuck);
  };
  return stuck();
}

/** All decisions that what is available here depends on, through others as well. */
function earlierDecisions(engine: Engine, decision: CompiledDecision): readonly CompiledDecision[] {
  const found = new Set<CompiledDecision>();
  const visit = (one: CompiledDecision): void => {
    for (const index of one.availabilityReads) {
      const read = engine.decisions[index];
      if (read === undefined || found.has(read)) continue;
      found.add(read);
      visit(read);
    }
  };
  visit(decision);
  return [...found];
}

/** None of the picks that are assumed for it can be had. */
function isContradicted(decision: CompiledDecision, state: State): boolean {
  const picks = state.picks[decision.index]!;
  if ((picks & NOTHING) !== 0) return false;
  if (decision.applies.test(state) === NO) return true;
  return (picks & availability(decision, state).maybe) === 0;
}

/** What is still open about the options of this decision. */
function openWithin(
  decision: CompiledDecision,
  applies: Truth,
  maybe: number,
  state: State,
): CompiledCondition | null {
  if (applies === MAYBE) return decision.applies;
  return maybe === 0 ? null : openCondition(decision, maybe, state);
}

/** What is still open about the one option that is assumed to be picked earlier. */
function openPick(earlier: readonly CompiledDecision[], state: State): CompiledCondition | null {
  for (const decision of earlier) {
    const pick = state.picks[decision.index]!;
    if (pick === NOTHING || !isSingle(pick)) continue;
    if (decision.applies.test(state) === MAYBE) return decision.applies;
    if ((pick & availability(decision, state).sure) === 0) return openCondition(decision, pick, state);
  }
  return null;
}

/** A condition that decides whether the first of these options is there. */
function openCondition(decision: CompiledDecision, maybe: number, state: State): CompiledCondition {
  const option = decision.options[31 - Math.clz32(maybe & -maybe)];
  if (option !== undefined && option.applies.test(state) === MAYBE) return option.applies;
  const ban = decision.bans.find(
    rule => (rule.rulesOut & maybe & -maybe) !== 0 && rule.condition.test(state) === MAYBE,
  );
  if (ban === undefined) throw new Error(`${decision.decision.id} is open without an open condition`);
  return ban.condition;
}

/** Runs `holds` with each half of an open atom of the condition. */
function split(engine: Engine, condition: CompiledCondition, state: State, holds: () => boolean): boolean {
  for (const atom of condition.decisions) {
    if (isOpen(state.picks[atom.index]!, atom)) return halves(state.picks, atom.index, atom.mask, holds);
  }
  for (const atom of condition.questions) {
    const { may, must } = state;
    const set = may[atom.index]!;
    if (engine.questions[atom.index]?.isMulti !== true) {
      if (isOpen(set, atom)) return halves(may, atom.index, atom.mask, holds);
      continue;
    }
    if ((set & atom.mask) === 0) continue;
    if ((set & NOTHING) !== 0) return withoutQuestion(state, atom.index, holds);
    const sure = must[atom.index]!;
    if ((sure & atom.mask) !== 0) continue;
    const bit = set & atom.mask & -(set & atom.mask);
    return withSet(must, atom.index, sure | bit, holds) || withSet(may, atom.index, set & ~bit, holds);
  }
  throw new Error('an open condition has an open atom');
}

const isOpen = (set: number, { mask }: Atom): boolean => (set & mask) !== 0 && (set & ~mask) !== 0;

function halves(sets: Int32Array, index: number, mask: number, holds: () => boolean): boolean {
  const set = sets[index]!;
  return withSet(sets, index, set & mask, holds) || withSet(sets, index, set & ~mask, holds);
}

/** A multi question that may not be asked: once as if it were not, once as if it were. */
function withoutQuestion(state: State, index: number, holds: () => boolean): boolean {
  const set = state.may[index]!;
  const sure = state.must[index]!;
  return (
    withSet(state.may, index, NOTHING, () => withSet(state.must, index, 0, holds)) ||
    withSet(state.may, index, set & ~NOTHING, () => withSet(state.must, index, sure, holds))
  );
}

function withSet(sets: Int32Array, index: number, value: number, holds: () => boolean): boolean {
  const before = sets[index]!;
  sets[index] = value;
  const result = holds();
  sets[index] = before;
  return result;
}
