/** How far ahead a pick is: by weighting, without single arguments, without opinions and assumptions. */
import type { Id } from '../content/catalogue.ts';
import type { CompiledDecision, CompiledRule } from './model.ts';
import type { Decided } from './outcome.ts';
import { byEvidence } from './reasons.ts';
import { bestOf, type Count, countedFor, countReasons, newCount } from './tally.ts';
import { intervalOf, tieOf } from './weighting.ts';

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
const WEAK = ['opinions', 'assumptions', 'both'] as const;
export type Weak = (typeof WEAK)[number];

export const isWeak = (rule: CompiledRule, assumed: ReadonlySet<CompiledRule>, weak: Weak): boolean =>
  (weak !== 'assumptions' && rule.rule.opinion) || (weak !== 'opinions' && assumed.has(rule));

export interface Margin {
  readonly count: Count;
  readonly holdsFor: Decided['holdsFor'];
  /** True where the pick has more than every other option, whatever a strong reason is worth. */
  readonly standsAlways: boolean;
  readonly tie: Decided['tie'];
  /** Some counted reason speaks for the pick. */
  readonly isFavoured: boolean;
  readonly hingesOnRules: readonly Id[];
  /** Without opinions, without assumptions or without both another option could come out, and no counted rule is why. */
  readonly hingesOnWeak: boolean;
}

export function marginOf(judged: Judged): Margin {
  const look = lookAt(judged, newCount());
  const room = newCount();
  const weaker = WEAK.map(weak => ({ weak, judged: withoutWeak(judged, weak) })).map(one => ({
    ...one,
    look: one.judged === judged ? look : lookAt(one.judged, room),
  }));
  const hinges = new Set(hingesOn(judged, room));
  let hingesOnWeak = weaker.some(one => !one.look.isBest);
  for (const one of weaker) {
    if (one.judged === judged || !one.look.isBest) continue;
    for (const rule of hingesOn(one.judged, room)) hinges.add(rule);
    const isLess = (look.standsAlways && !one.look.standsAlways) || (look.isFavoured && !one.look.isFavoured);
    if (!isLess) continue;
    const rules = weakRules(judged, one.weak);
    for (const rule of rules) hinges.add(rule);
    // What made the difference is a hard rule then, which kept an option out that is as good.
    if (rules.length === 0) hingesOnWeak = true;
  }
  return {
    count: look.count,
    holdsFor: look.holdsFor,
    standsAlways: look.standsAlways,
    tie: tieOf(judged.decision, judged.pick, judged.candidates, look.count),
    isFavoured: look.isFavoured,
    hingesOnRules: [...hinges].sort(),
    hingesOnWeak,
  };
}

/** The same decision as if what is no evidence had not been said; itself where none of that was. */
function withoutWeak(judged: Judged, weak: Weak): Judged {
  const candidates = judged.candidatesBy[weak];
  const fired = judged.fired.filter(rule => !isWeak(rule, judged.assumed, weak));
  const isSame = candidates === judged.candidates && fired.length === judged.fired.length;
  return isSame ? judged : { ...judged, candidates, fired };
}

function weakRules(judged: Judged, weak: Weak): readonly Id[] {
  return judged.fired
    .filter(rule => isWeak(rule, judged.assumed, weak) && countsAtAll(rule, judged))
    .map(rule => rule.rule.id);
}

interface Look extends Pick<Margin, 'count' | 'holdsFor' | 'standsAlways' | 'isFavoured'> {
  readonly isBest: boolean;
}

function lookAt(judged: Judged, count: Count): Look {
  const { decision, pick, candidates, fired, ranks } = judged;
  countReasons(decision, fired, ranks, count);
  return {
    count,
    isBest: bestOf(count, candidates) === pick,
    ...intervalOf(count, pick, candidates),
    isFavoured: fired.some(rule => countsFor(rule, pick, 'favors', judged)),
  };
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

const countsAtAll = (rule: CompiledRule, judged: Judged): boolean =>
  judged.decision.options.some(
    ({ index }) => countsFor(rule, index, 'favors', judged) || countsFor(rule, index, 'disfavors', judged),
  );

/** The counted rules of each argument without which another option would come out. */
function hingesOn(judged: Judged, count: Count): readonly Id[] {
  const { decision, fired, candidates, ranks, pick } = judged;
  return [...new Set(fired.map(rule => rule.argument))].flatMap(argument => {
    const others = fired.filter(rule => rule.argument !== argument);
    countReasons(decision, others, ranks, count);
    if (bestOf(count, candidates) === pick) return [];
    return fired
      .filter(rule => rule.argument === argument && countsAtAll(rule, judged))
      .map(rule => rule.rule.id);
  });
}
