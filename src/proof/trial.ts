/**
 * What the engine itself makes of single answer sets: the pick of every decision and how it stands, but for numbers
 * that lie near a threshold. Quick to work out, and for showing a difference one answer set is enough.
 */
import type { Answers } from '../content/catalogue.ts';
import { stateOf } from '../engine/answers.ts';
import { type Judged, marginOf } from '../engine/margin.ts';
import { type CompiledDecision, type CompiledRule, type Engine, NO, NOTHING, YES } from '../engine/model.ts';
import {
  applicableOptions,
  availableOptions,
  newSearch,
  type Search,
  searchPicks,
} from '../engine/search.ts';
import { firedRules } from '../engine/tally.ts';
import { verdictOf } from '../engine/verdict.ts';

export interface Trial {
  readonly engine: Engine;
  readonly search: Search;
  /** True where some decision cannot have any option. */
  readonly isImpossible: boolean;
}

export function tryAnswers(engine: Engine, answers: Answers): Trial {
  const search = newSearch(engine);
  const pins = new Int32Array(engine.decisions.length).fill(-1);
  searchPicks(engine, stateOf(engine, answers, 'assumed'), pins, search);
  return { engine, search, isImpossible: search.impossible.includes(1) };
}

/** Whether one of these decisions has another pick in the second trial, or stands another way. */
export function isDifferent(first: Trial, second: Trial, decisions: readonly CompiledDecision[]): boolean {
  const [a, b] = [first.search.state.picks, second.search.state.picks];
  return (
    decisions.some(({ index }) => a[index] !== b[index]) ||
    decisions.some(({ index }) => standingOf(first, index) !== standingOf(second, index))
  );
}

/** Verdict, or why there is none. */
export function standingOf({ engine, search }: Trial, index: number): string {
  const decision = engine.decisions[index]!;
  const { state } = search;
  if (decision.applies.test(state) === NO) return 'not-needed';
  const picked = state.picks[index]!;
  if (picked === NOTHING) return 'impossible';
  const judged = judge(decision, search, 31 - Math.clz32(picked));
  return verdictOf(judged, marginOf(judged), 'settled', []);
}

/** As src/engine/advice.ts does it where all answers are given and nothing is pinned. */
function judge(decision: CompiledDecision, search: Search, pick: number): Judged {
  const { state } = search;
  const fired: CompiledRule[] = [];
  firedRules(decision.reasons, state, fired);
  const passed = search.passed[decision.index]!;
  const candidates = availableOptions(decision, state) & ~passed;
  let withoutOpinions = applicableOptions(decision, state) & ~passed;
  for (const ban of decision.bans) {
    if (!ban.rule.opinion && ban.condition.test(state) === YES) withoutOpinions &= ~ban.rulesOut;
  }
  withoutOpinions |= candidates;
  return {
    decision,
    pick,
    candidates,
    candidatesBy: { opinions: withoutOpinions, assumptions: candidates, both: withoutOpinions },
    fired,
    assumed: new Set(),
    ranks: state.ranks,
  };
}

/** The same engine without one rule. */
export function withoutRule(engine: Engine, rule: CompiledRule): Engine {
  const without = (decision: CompiledDecision): CompiledDecision => ({
    ...decision,
    reasons: decision.reasons.filter(one => one !== rule),
    bans: decision.bans.filter(one => one !== rule),
  });
  const decisions = engine.decisions.map(decision =>
    decision.reasons.includes(rule) || decision.bans.includes(rule) ? without(decision) : decision,
  );
  const steps = engine.steps.map(step =>
    step.kind === 'decision' ? { ...step, decision: decisions[step.decision.index]! } : step,
  );
  return { ...engine, decisions, steps };
}
