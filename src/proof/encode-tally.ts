/** Counting reasons inside the circuit, exactly as src/engine/tally.ts counts them. */
import type { CompiledDecision, CompiledRule } from '../engine/model.ts';
import { STRONG } from '../engine/tally.ts';
import { and, any, type Circuit, FALSE, type Literal, not, or } from '../logic/circuit.ts';
import { equal, type Integer, isNegative, subtract, sum, when } from '../logic/integer.ts';

/** What is counted for one option: its score, and reasons for minus against per rank of the user's drivers. */
export interface EncodedTally {
  readonly score: Integer;
  readonly byRank: readonly Integer[];
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
    const score: Integer[] = [];
    const byRank: Integer[][] = ranks.map(() => []);
    for (const argument of new Set(speaking.map(rule => rule.argument))) {
      const group = speaking.filter(rule => rule.argument === argument);
      for (const [sign, effect] of [
        [1, 'favors'],
        [-1, 'disfavors'],
      ] as const) {
        const same = group.filter(rule => (rule[effect] & bit) !== 0);
        const counted = encodeGroup(circuit, group, same, ranks, firing);
        for (const [grade, weight] of [
          ['strong', STRONG],
          ['lifted', 2],
          ['plain', 1],
        ] as const) {
          score.push(when(circuit, counted[grade], sign * weight));
        }
        for (const [rank, literal] of counted.atRank.entries())
          byRank[rank]?.push(when(circuit, literal, sign));
      }
    }
    return { score: sum(circuit, score), byRank: byRank.map(terms => sum(circuit, terms)) };
  });
}

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

/** True where the first of two options, which comes first in the order of ties, goes before the second. */
export function firstBeats(circuit: Circuit, first: EncodedTally, second: EncodedTally): Literal {
  // Where all that is counted is the same, the first one wins.
  let beats: Literal = 1;
  for (const [a, b] of [
    ...first.byRank.map((one, rank) => [one, second.byRank[rank] as Integer] as const).reverse(),
    [first.score, second.score] as const,
  ]) {
    const less = isNegative(subtract(circuit, a, b));
    const same = equal(circuit, a, b);
    beats = or(circuit, and(circuit, same, beats), and(circuit, not(same), not(less)));
  }
  return beats;
}
