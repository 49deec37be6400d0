/** Counts reasons: per argument and option only the strongest one, favours minus disfavours. */
import type { CompiledDecision, CompiledRule, State } from './model.ts';
import { UNRANKED } from './model.ts';

/** How many plain reasons a strong one is worth. */
export const STRONG = 3;

/** Per option (by index). Reused between decisions; only the options of the current decision mean anything. */
export interface Count {
  readonly strong: Int32Array;
  /** Reasons whose driver the user ranked count twice in here. */
  readonly plain: Int32Array;
  readonly score: Int32Array;
  /** Counted reasons for minus against by rank of their driver: `rank * 32 + option`. */
  readonly byRank: Int32Array;
  /** Number of drivers that the user ranked. */
  ranked: number;
}
const MOST_RANKS = 8;

export function newCount(): Count {
  // One piece of memory: four would take most of the time of a small count.
  const room = new Int32Array(96 + 32 * MOST_RANKS);
  return {
    strong: room.subarray(0, 32),
    plain: room.subarray(32, 64),
    score: room.subarray(64, 96),
    byRank: room.subarray(96),
    ranked: 0,
  };
}

/** Fills `count` with what the fired rules say under this ranking of drivers. */
export function countReasons(
  decision: CompiledDecision,
  fired: readonly CompiledRule[],
  ranks: Int32Array,
  count: Count,
): void {
  const options = decision.options.length;
  count.ranked = 0;
  for (let driver = 0; driver < ranks.length; driver++) if (ranks[driver]! < MOST_RANKS) count.ranked++;
  count.strong.fill(0, 0, options);
  count.plain.fill(0, 0, options);
  if (count.ranked > 0) count.byRank.fill(0, 0, 32 * count.ranked);
  for (const rule of fired) {
    const { favors, disfavors } = rule;
    if (rule.shared) {
      add(count, rule, ranks, countedFor(rule, favors, 'favors', fired, ranks), 1);
      add(count, rule, ranks, countedFor(rule, disfavors, 'disfavors', fired, ranks), -1);
      continue;
    }
    if (favors !== 0) add(count, rule, ranks, favors, 1);
    if (disfavors !== 0) add(count, rule, ranks, disfavors, -1);
  }
  for (let option = 0; option < options; option++) {
    count.score[option] = STRONG * count.strong[option]! + count.plain[option]!;
  }
}

function add(count: Count, rule: CompiledRule, ranks: Int32Array, options: number, sign: number): void {
  const rank = ranks[rule.driver]!;
  for (let rest = options; rest !== 0; rest &= rest - 1) {
    const option = 31 - Math.clz32(rest & -rest);
    if (rule.strong) count.strong[option]! += sign;
    else count.plain[option]! += rank === UNRANKED ? sign : 2 * sign;
    if (rank !== UNRANKED) count.byRank[rank * 32 + option]! += sign;
  }
}

/** 3 strong, 2 plain and lifted by a ranked driver, 1 plain. */
export function gradeOf(rule: CompiledRule, ranks: Int32Array): 1 | 2 | 3 {
  if (rule.strong) return 3;
  return ranks[rule.driver] === UNRANKED ? 1 : 2;
}

/**
 * Of these options (as bits) those for which the rule counts, that is for which no other fired rule of the same
 * argument is stronger. Two rules of one argument and equal strength that pull in opposite directions both count,
 * and cancel each other. `settles` orders rules that say the same with the same strength.
 */
export function countedFor(
  rule: CompiledRule,
  options: number,
  effect: 'favors' | 'disfavors',
  fired: readonly CompiledRule[],
  ranks: Int32Array,
  settles: (a: CompiledRule, b: CompiledRule) => number = byId,
): number {
  let counted = options;
  const grade = gradeOf(rule, ranks);
  for (const other of fired) {
    if (other === rule || other.argument !== rule.argument || counted === 0) continue;
    const otherGrade = gradeOf(other, ranks);
    if (otherGrade < grade) continue;
    if (otherGrade > grade) {
      counted &= ~(other.favors | other.disfavors);
      continue;
    }
    const precedes = ranks[other.driver]! - ranks[rule.driver]! || settles(other, rule);
    if (precedes < 0) counted &= ~other[effect];
  }
  return counted;
}

const byId = (a: CompiledRule, b: CompiledRule): number => (a.rule.id < b.rule.id ? -1 : 1);

/** Negative where option `a` goes before option `b`. */
export function compareOptions(count: Count, a: number, b: number): number {
  const score = count.score[b]! - count.score[a]!;
  if (score !== 0) return score;
  return compareByDrivers(count, a, b) || a - b;
}

export function compareByDrivers(count: Count, a: number, b: number): number {
  for (let rank = 0; rank < count.ranked; rank++) {
    const difference = count.byRank[rank * 32 + b]! - count.byRank[rank * 32 + a]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The best of these options (as bits), as an index. */
export function bestOf(count: Count, options: number): number {
  let best = 31 - Math.clz32(options & -options);
  for (let rest = options & (options - 1); rest !== 0; rest &= rest - 1) {
    const option = 31 - Math.clz32(rest & -rest);
    if (compareOptions(count, option, best) < 0) best = option;
  }
  return best;
}

/** The rules among `rules` whose condition holds for certain. */
export function firedRules(rules: readonly CompiledRule[], state: State, into: CompiledRule[]): void {
  into.length = 0;
  for (const rule of rules) if (rule.condition.test(state) === 1) into.push(rule);
}
