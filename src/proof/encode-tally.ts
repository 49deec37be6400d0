/** Counting reasons inside the circuit, exactly as src/engine/tally.ts counts them. */
import type { CompiledDecision, CompiledRule } from '../engine/model.ts';
import { STRONG } from '../engine/tally.ts';
import { balance, type Term } from '../logic/balance.ts';
import { and, any, type Circuit, FALSE, type Literal, not, or, TRUE } from '../logic/circuit.ts';

/** What is counted for one option: its score, and reasons for minus against per rank of the user's drivers. */
export interface EncodedTally {
  readonly score: readonly Term[];
  readonly byRank: readonly (readonly Term[])[];
}

/** `ranks[rank][driver]` holds where the user gave that driver that rank. */
export function encodeTallies(
  circuit: Circuit,
  decision: CompiledDecision,
  ranks: readonly (readonly Literal[])[],
  firing: (rule: CompiledRule) => Literal,
): readonly EncodedTally[] {
  return decision.options.map(({ index }) => {
    const bit = 1 << index;
    const speaking = decision.reasons.filter(rule => ((rule.favors | rule.disfavors) & bit) !== 0);
    const score: Term[] = [];
    const byRank: Term[][] = ranks.map(() => []);
    for (const argument of new Set(speaking.map(rule => rule.argument))) {
      const group = speaking.filter(rule => rule.argument === argument);
      for (const [sign, effect] of EFFECTS) {
        const same = group.filter(rule => (rule[effect] & bit) !== 0);
        const { strong, lifted, plain, atRank } = encodeGroup(circuit, group, same, ranks, firing);
        score.push({ literal: strong, weight: sign * STRONG });
        // A lifted reason counts twice: once as what it is, once for the lift.
        score.push({ literal: or(circuit, lifted, plain), weight: sign }, { literal: lifted, weight: sign });
        for (const [rank, literal] of atRank.entries()) byRank[rank]?.push({ literal, weight: sign });
      }
    }
    return { score, byRank };
  });
}
const EFFECTS = [
  [1, 'favors'],
  [-1, 'disfavors'],
] as const;

/** Which grade of one effect of an argument counts: only the strongest that fires, whatever its effect. */
function encodeGroup(
  circuit: Circuit,
  group: readonly CompiledRule[],
  same: readonly CompiledRule[],
  ranks: readonly (readonly Literal[])[],
  firing: (rule: CompiledRule) => Literal,
): { strong: Literal; lifted: Literal; plain: Literal; atRank: readonly Literal[] } {
  const lifted = (rule: CompiledRule) =>
    any(
      circuit,
      ranks.map(rank => rank[rule.driver] ?? FALSE),
    );
  const fired = (rules: readonly CompiledRule[]) => any(circuit, rules.map(firing));
  const firedLifted = (rules: readonly CompiledRule[]) =>
    any(
      circuit,
      rules.map(rule => and(circuit, firing(rule), lifted(rule))),
    );
  const strongOf = (rules: readonly CompiledRule[]) => rules.filter(rule => rule.strong);
  const plainOf = (rules: readonly CompiledRule[]) => rules.filter(rule => !rule.strong);
  const anyStrong = fired(strongOf(group));
  const anyLifted = firedLifted(plainOf(group));
  const strong = fired(strongOf(same));
  const liftedHere = and(circuit, not(anyStrong), firedLifted(plainOf(same)));
  const plain = and(circuit, not(or(circuit, anyStrong, anyLifted)), fired(plainOf(same)));
  // Of rules that say the same with the same strength, the one with the highest ranked driver counts for that rank.
  let earlier: Literal = FALSE;
  const atRank = ranks.map(rank => {
    const here = (rules: readonly CompiledRule[]) =>
      any(
        circuit,
        rules.map(rule => and(circuit, firing(rule), rank[rule.driver] ?? FALSE)),
      );
    const atThis = or(circuit, here(strongOf(same)), and(circuit, not(anyStrong), here(plainOf(same))));
    const counts = and(circuit, atThis, not(earlier));
    earlier = or(circuit, earlier, atThis);
    return counts;
  });
  return { strong, lifted: liftedHere, plain, atRank };
}

/** First minus second: what counts for both alike cancels. */
export const difference = (first: readonly Term[], second: readonly Term[]): readonly Term[] => [
  ...first,
  ...second.map(({ literal, weight }) => ({ literal, weight: -weight })),
];

/** True where the first of two options, which comes first in the order of ties, goes before the second. */
export function firstBeats(circuit: Circuit, first: EncodedTally, second: EncodedTally): Literal {
  const balances = [
    difference(first.score, second.score),
    ...first.byRank.map((terms, rank) => difference(terms, second.byRank[rank] ?? [])),
  ].map(terms => balance(circuit, terms));
  // Where all that is counted is the same, the first one wins.
  return balances.reduceRight(
    (beats: Literal, { positive, zero }) => or(circuit, positive, and(circuit, zero, beats)),
    TRUE,
  );
}
