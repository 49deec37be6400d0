/** The advice for one decision: what is recommended where nothing is pinned there, and all that its verdict looks at. */
import { type Alternatives, alternativesOf, type Moved } from './alternatives.ts';
import { isWeak, type Judged, type Weak } from './margin.ts';
import { type CompiledDecision, type CompiledRule, isSingle, NOTHING, newState, YES } from './model.ts';
import type { Change } from './outcome.ts';
import { withoutPin } from './pins.ts';
import { assumedRules } from './reasons.ts';
import type { Run } from './run.ts';
import {
  applicableOptions,
  availableOptions,
  choose,
  newSearch,
  type Search,
  searchPicks,
} from './search.ts';
import { bestOf, countReasons, firedRules, newCount } from './tally.ts';
import { knownFrom } from './trial.ts';

export interface Advice {
  readonly judged: Judged;
  /** Null where nothing is pinned here. */
  readonly withoutPin: Search | null;
  /** Number answers that would move the advice when moved by one class. */
  readonly numbers: readonly Change[];
  /** Where evidence alone leads to the pick as well: those that would if the decision held no opinions. */
  readonly heldNumbers: readonly Change[];
}

export function adviceFor(run: Run, decision: CompiledDecision): Advice {
  const { engine } = run;
  const { index } = decision;
  const { search, alternatives } = searchWithoutPin(run, index);
  const advised = search.state.picks[index]!;
  const evidence = engine.evidence.get(index);
  // Without it opinions hold the pick itself, whatever the numbers are.
  const isByEvidence = evidence !== undefined && choose(evidence, NO_PIN, search) === advised;
  const changesWhere = (isOne: (moved: Moved) => boolean): readonly Change[] =>
    alternatives.numbers.filter(isOne).map(({ change }) => change);
  return {
    judged: judge(run, decision, search),
    withoutPin: search === run.search ? null : search,
    numbers: changesWhere(({ picks }) => picks[index] !== advised),
    heldNumbers: isByEvidence
      ? changesWhere(({ picks, byEvidence }) => picks[index] === advised && byEvidence[index] !== advised)
      : [],
  };
}

/** As {@link pinnedOptions} says it of a decision. */
const NO_PIN = -1;

function searchWithoutPin(run: Run, index: number): { search: Search; alternatives: Alternatives } {
  const { engine, input, base, pins } = run;
  if (pins[index]! < 0) return run;
  const others = withoutPin(pins, index);
  const search = newSearch(engine);
  searchPicks(engine, base, others, search);
  return {
    search,
    alternatives: alternativesOf(engine, input.answers, base, others, knownFrom(search, newState(engine))),
  };
}

function judge(run: Run, decision: CompiledDecision, advice: Search): Judged {
  const { state } = run.search;
  const { root } = run.standing;
  const { index } = decision;
  const passed = advice.passed[index]!;
  const pinned = run.search.state.picks[index]!;
  const fired: CompiledRule[] = [];
  firedRules(decision.reasons, state, fired);
  // Where a pin stands on a decision that has nothing left to advise, the pin is all there is.
  const candidates = availableOptions(decision, state) & ~passed || pinned;
  const bans = decision.bans.filter(ban => ban.condition.test(state) === YES);
  const assumed = new Set([...assumedRules(fired, root), ...assumedRules(bans, root)]);
  const withoutWeakBans = (weak: Weak): number => {
    let options = applicableOptions(decision, state) & ~passed;
    for (const ban of bans) if (!isWeak(ban, assumed, weak)) options &= ~ban.rulesOut;
    return options | candidates;
  };
  return {
    decision,
    pick: advised(decision, advice, candidates, fired, state.ranks),
    candidates,
    candidatesBy: {
      opinions: withoutWeakBans('opinions'),
      assumptions: withoutWeakBans('assumptions'),
      both: withoutWeakBans('both'),
    },
    fired,
    assumed,
    ranks: state.ranks,
  };
}

/** What the run without the pin picks; where the pin changed what can be picked here, the best of what can. */
function advised(
  decision: CompiledDecision,
  { state }: Search,
  candidates: number,
  fired: readonly CompiledRule[],
  ranks: Int32Array,
): number {
  const pick = state.picks[decision.index]!;
  if (pick !== NOTHING && (pick & candidates) !== 0) return 31 - Math.clz32(pick);
  if (isSingle(candidates)) return 31 - Math.clz32(candidates);
  const count = newCount();
  countReasons(decision, fired, ranks, count);
  return bestOf(count, candidates);
}
