/** Counting reasons inside the circuit, exactly as src/engine/tally.ts counts them. */
import type { CompiledDecision, CompiledRule } from '../engine/model.ts';
import { STRONG } from '../engine/tally.ts';
import { balance, type Term } from '../logic/balance.ts';
import { and, any, type Circuit, FALSE, type Literal, not, or, TRUE } from '../logic/circuit.ts';

/** What one argument adds for one option: favours minus disfavours. */
export interface EncodedArgument {
  readonly strong: readonly Term[];
  /** A lifted reason is in here twice: once as what it is, once for the lift. */
  readonly plain: readonly Term[];
  /** Reasons per rank of the user's drivers. */
  readonly byRank: readonly (readonly Term[])[];
  /** It counts in favour. */
  readonly favoured: Literal;
}
/** What is counted for one option, by argument. */
export type EncodedTally = ReadonlyMap<number, EncodedArgument>;

/** `ranks[rank][driver]` holds where the user gave that driver that rank. */
export function encodeTallies(
  circuit: Circuit,
  decision: CompiledDecision,
  reasons: readonly CompiledRule[],
  ranks: readonly (readonly Literal[])[],
  firing: (rule: CompiledRule) => Literal,
): readonly EncodedTally[] {
  return decision.options.map(({ index }) => {
    const bit = 1 << index;
    const speaking = reasons.filter(rule => ((rule.favors | rule.disfavors) & bit) !== 0);
    const argumentsOf = [...new Set(speaking.map(rule => rule.argument))].sort((a, b) => a - b);
    return new Map(
      argumentsOf.map(argument => {
        const group = speaking.filter(rule => rule.argument === argument);
        return [argument, encodeArgument(circuit, group, bit, ranks, firing)];
      }),
    );
  });
}

function encodeArgument(
  circuit: Circuit,
  group: readonly CompiledRule[],
  bit: number,
  ranks: readonly (readonly Literal[])[],
  firing: (rule: CompiledRule) => Literal,
): EncodedArgument {
  const sides = EFFECTS.map(([sign, effect]) => {
    const same = group.filter(rule => (rule[effect] & bit) !== 0);
    return { sign, ...encodeGrades(circuit, group, same, ranks, firing) };
  });
  return {
    strong: sides.map(({ sign, strong }) => ({ literal: strong, weight: sign })),
    plain: sides.flatMap(({ sign, lifted, plain }) => [
      { literal: or(circuit, lifted, plain), weight: sign },
      { literal: lifted, weight: sign },
    ]),
    byRank: ranks.map((_, rank) =>
      sides.map(({ sign, atRank }) => ({ literal: atRank[rank]!, weight: sign })),
    ),
    favoured: any(circuit, [sides[0]!.strong, sides[0]!.lifted, sides[0]!.plain]),
  };
}
const EFFECTS = [
  [1, 'favors'],
  [-1, 'disfavors'],
] as const;

/** Which grade of one effect of an argument counts: only the strongest that fires, whatever its effect. */
function encodeGrades(
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

/** All terms of one sort, over all arguments but one. */
function termsOf(
  tally: EncodedTally,
  except: number | null,
  terms: (argument: EncodedArgument) => readonly Term[],
): readonly Term[] {
  const found: Term[] = [];
  for (const [argument, encoded] of tally) if (argument !== except) found.push(...terms(encoded));
  return found;
}

export const strongTerms = (tally: EncodedTally, except: number | null = null): readonly Term[] =>
  termsOf(tally, except, ({ strong }) => strong);

export const plainTerms = (tally: EncodedTally, except: number | null = null): readonly Term[] =>
  termsOf(tally, except, ({ plain }) => plain);

export const scoreTerms = (tally: EncodedTally, except: number | null = null): readonly Term[] => [
  ...strongTerms(tally, except).map(({ literal, weight }) => ({ literal, weight: STRONG * weight })),
  ...plainTerms(tally, except),
];

export const rankTerms = (tally: EncodedTally, rank: number, except: number | null = null): readonly Term[] =>
  termsOf(tally, except, ({ byRank }) => byRank[rank] ?? []);

export const rankCount = (tallies: readonly EncodedTally[]): number =>
  Math.max(0, ...tallies.flatMap(tally => [...tally.values()].map(({ byRank }) => byRank.length)));

/** First minus second: what counts for both alike cancels. */
export const difference = (first: readonly Term[], second: readonly Term[]): readonly Term[] => [
  ...first,
  ...second.map(({ literal, weight }) => ({ literal, weight: -weight })),
];

/** True where the first of two options, which comes first in the order of ties, goes before the second. */
export function firstBeats(
  circuit: Circuit,
  first: EncodedTally,
  second: EncodedTally,
  except: number | null = null,
): Literal {
  const balances = [
    difference(scoreTerms(first, except), scoreTerms(second, except)),
    ...Array.from({ length: rankCount([first, second]) }, (_, rank) =>
      difference(rankTerms(first, rank, except), rankTerms(second, rank, except)),
    ),
  ].map(terms => balance(circuit, terms));
  // Where all that is counted is the same, the first one wins.
  return balances.reduceRight(
    (beats: Literal, { positive, zero }) => or(circuit, positive, and(circuit, zero, beats)),
    TRUE,
  );
}
