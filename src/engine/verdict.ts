/** How sure a pick is. The exact tests are described in docs/verdicts.md. */
import type { Id } from '../content/catalogue.ts';
import type { CompiledDecision, CompiledRule } from './model.ts';
import { isSingle } from './model.ts';
import type { Decided, Verdict } from './outcome.ts';
import { byEvidence } from './reasons.ts';
import {
  bestOf,
  type Count,
  compareByDrivers,
  compareOptions,
  countedFor,
  countReasons,
  newCount,
} from './tally.ts';

/** All that the verdict of one decision looks at. */
export interface Judged {
  readonly decision: CompiledDecision;
  /** What the advice is, an option index. */
  readonly pick: number;
  /** Options that apply, are not ruled out and leave no later decision stuck, as bits. */
  readonly candidates: number;
  /** Options that would be candidates without the hard rules that are opinion or rest on an assumption. */
  readonly candidatesBy: Readonly<Record<Weak, number>>;
  readonly fired: readonly CompiledRule[];
  readonly assumed: ReadonlySet<CompiledRule>;
  readonly ranks: Int32Array;
}
/** What is no evidence: opinions, assumptions, and both. */
export const WEAK = ['opinions', 'assumptions', 'both'] as const;
export type Weak = (typeof WEAK)[number];

export const isWeak = (rule: CompiledRule, assumed: ReadonlySet<CompiledRule>, weak: Weak): boolean =>
  (weak !== 'assumptions' && rule.rule.opinion) || (weak !== 'opinions' && assumed.has(rule));

export interface Margin {
  readonly count: Count;
  readonly holdsFor: Decided['holdsFor'];
  /** True where the pick has more than every other option, whatever a strong reason is worth. */
  readonly standsAlways: boolean;
  readonly tie: Decided['tie'];
  readonly hingesOnRules: readonly Id[];
  readonly hingesOnWeak: boolean;
  readonly isFavoured: boolean;
}

export function marginOf(judged: Judged): Margin {
  const { decision, pick, candidates, fired, ranks } = judged;
  const count = newCount();
  countReasons(decision, fired, ranks, count);
  return {
    count,
    ...intervalOf(count, pick, candidates),
    tie: tieOf(judged, count),
    hingesOnRules: hingesOnRules(judged),
    hingesOnWeak: WEAK.some(weak =>
      movesWithout(judged, rule => isWeak(rule, judged.assumed, weak), judged.candidatesBy[weak]),
    ),
    isFavoured: fired.some(rule => countsFor(rule, pick, 'favors', judged)),
  };
}

/** The first verdict whose test holds. */
export function verdictOf(
  judged: Judged,
  margin: Margin,
  settled: 'settled' | 'open',
  numbers: Decided['hingesOn']['numbers'],
): Verdict {
  if (settled === 'open') return 'not-settled';
  if (isSingle(judged.candidates)) return 'only-option';
  if (margin.tie !== null) return 'toss-up';
  if (!margin.standsAlways) return 'depends-on-weighting';
  if (!margin.isFavoured) return 'won-by-default';
  const robust = margin.hingesOnRules.length === 0 && !margin.hingesOnWeak && numbers.length === 0;
  return robust ? 'clear' : 'narrow';
}

/**
 * Against an option j with dS strong and dP plain reasons less than the pick, the pick is ahead where
 * r * dS + dP > 0. The interval is closed: within it nothing has more than the pick, at an end something may tie.
 */
function intervalOf(
  count: Count,
  pick: number,
  candidates: number,
): Pick<Margin, 'holdsFor' | 'standsAlways'> {
  let from = 1;
  let to: number | null = null;
  let standsAlways = true;
  for (let rest = candidates & ~(1 << pick); rest !== 0; rest &= rest - 1) {
    const option = 31 - Math.clz32(rest & -rest);
    const strong = count.strong[pick]! - count.strong[option]!;
    const plain = count.plain[pick]! - count.plain[option]!;
    if (strong > 0) {
      from = Math.max(from, -plain / strong);
      if (strong + plain <= 0) standsAlways = false;
    } else if (strong < 0) {
      const limit = plain / -strong;
      to = to === null ? limit : Math.min(to, limit);
      standsAlways = false;
    } else if (plain <= 0) standsAlways = false;
  }
  return { holdsFor: { from, to }, standsAlways };
}

function tieOf({ decision, pick, candidates }: Judged, count: Count): Decided['tie'] {
  const tied = decision.options
    .filter(({ index }) => index !== pick && (candidates & (1 << index)) !== 0)
    .filter(({ index }) => count.score[index] === count.score[pick])
    .sort((a, b) => compareOptions(count, a.index, b.index));
  const [nearest] = tied;
  if (nearest === undefined) return null;
  return {
    with: tied.map(({ option }) => option.id),
    brokenBy: brokenBy(decision, count, pick, nearest.index),
  };
}

function brokenBy(
  decision: CompiledDecision,
  count: Count,
  pick: number,
  other: number,
): 'driver' | 'reversible' | 'effort' {
  if (compareByDrivers(count, pick, other) !== 0) return 'driver';
  const oneWay = (option: number): boolean => decision.options[option]?.option.oneWay === true;
  return decision.decision.dayZero && oneWay(pick) !== oneWay(other) ? 'reversible' : 'effort';
}

function countsFor(
  rule: CompiledRule,
  option: number,
  effect: 'favors' | 'disfavors',
  { fired, ranks, assumed }: Judged,
): boolean {
  const spokenOf = rule[effect] & (1 << option);
  return spokenOf !== 0 && countedFor(rule, spokenOf, effect, fired, ranks, byEvidence(assumed)) !== 0;
}

/** Rules of each argument without which another option would come out. */
function hingesOnRules(judged: Judged): readonly Id[] {
  const { fired, candidates } = judged;
  return [...new Set(fired.map(rule => rule.argument))].flatMap(argument => {
    if (!movesWithout(judged, rule => rule.argument === argument, candidates)) return [];
    return fired
      .filter(rule => rule.argument === argument)
      .filter(rule =>
        judged.decision.options.some(
          ({ index }) =>
            countsFor(rule, index, 'favors', judged) || countsFor(rule, index, 'disfavors', judged),
        ),
      )
      .map(rule => rule.rule.id);
  });
}

/** Whether another option comes out without the rules that `dropped` names, among these candidates. */
function movesWithout(
  { decision, fired, ranks, pick }: Judged,
  dropped: (rule: CompiledRule) => boolean,
  candidates: number,
): boolean {
  const count = newCount();
  countReasons(
    decision,
    fired.filter(rule => !dropped(rule)),
    ranks,
    count,
  );
  return bestOf(count, candidates) !== pick;
}
