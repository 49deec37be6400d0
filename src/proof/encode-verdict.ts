/**
 * How a pick stands, inside the circuit, exactly as src/engine/verdict.ts says it for complete answers; but for numbers
 * near a threshold, which follow from the picks of other answers.
 */
import type { CompiledRule } from '../engine/model.ts';
import { balance, type Term } from '../logic/balance.ts';
import {
  all,
  and,
  any,
  atMostOne,
  type Circuit,
  differ,
  FALSE,
  type Literal,
  not,
  or,
} from '../logic/circuit.ts';
import type { EncodedDecision } from './encode.ts';
import { found } from './encode-condition.ts';
import {
  difference,
  type EncodedTally,
  encodeTallies,
  firstBeats,
  plainTerms,
  scoreTerms,
  strongTerms,
} from './encode-tally.ts';

/** One literal per verdict, in the order in which the engine tries them; at most one holds. */
export type EncodedVerdict = readonly Literal[];

export function encodeVerdict(circuit: Circuit, encoded: EncodedDecision): EncodedVerdict {
  const { picked, tallies } = encoded;
  const candidates = candidatesOf(circuit, encoded);
  const look = lookAt(circuit, encoded, candidates, tallies);
  const isOnly = atMostOne(circuit, candidates);
  const isTied = rival(
    circuit,
    picked,
    candidates,
    (pick, other) => lead(circuit, tallies, scoreTerms, pick, other).zero,
  );
  const hinges = any(circuit, [look.hinges, weaker(circuit, encoded, candidates, look)]);
  return inOrder(circuit, any(circuit, picked), [
    isOnly,
    isTied,
    not(look.standsAlways),
    not(look.isFavoured),
    hinges,
  ]);
}

/** True where the two verdicts are not the same. */
export const verdictsDiffer = (circuit: Circuit, a: EncodedVerdict, b: EncodedVerdict): Literal =>
  any(
    circuit,
    a.map((literal, index) => differ(circuit, literal, b[index]!)),
  );

/** The first that holds, and a last one for none of them. */
function inOrder(circuit: Circuit, decided: Literal, tests: readonly Literal[]): readonly Literal[] {
  let open = decided;
  const verdicts = tests.map(test => {
    const here = and(circuit, open, test);
    open = and(circuit, open, not(test));
    return here;
  });
  return [...verdicts, open];
}

/** What is available and was not passed over for leaving a later decision without an option. */
function candidatesOf(circuit: Circuit, { picked, available, viable, before }: EncodedDecision): Literal[] {
  return available.map((literal, option) => {
    if (viable[option] === literal) return literal;
    const passed = picked.map((pick, other) =>
      other === option ? FALSE : and(circuit, pick, before[option]![other]!),
    );
    return and(circuit, literal, not(any(circuit, passed)));
  });
}

interface Look {
  /** Nothing goes before the pick. */
  readonly isBest: Literal;
  readonly standsAlways: Literal;
  readonly isFavoured: Literal;
  /** Without some argument another option comes out. */
  readonly hinges: Literal;
}

function lookAt(
  circuit: Circuit,
  { picked }: EncodedDecision,
  candidates: readonly Literal[],
  tallies: readonly EncodedTally[],
): Look {
  const against = (holds: (pick: number, other: number) => Literal) =>
    rival(circuit, picked, candidates, holds);
  const names = new Set(tallies.flatMap(tally => [...tally.keys()]));
  const falls = against((pick, other) => {
    const { positive, zero } = lead(circuit, tallies, strongTerms, pick, other);
    const once = lead(circuit, tallies, tally => [...strongTerms(tally), ...plainTerms(tally)], pick, other);
    return not(all(circuit, [or(circuit, positive, zero), once.positive]));
  });
  return {
    isBest: not(against((pick, other) => not(goesBefore(circuit, tallies, pick, other, null)))),
    standsAlways: not(falls),
    isFavoured: any(
      circuit,
      picked.map((literal, pick) => and(circuit, literal, favouredBy(circuit, tallies[pick]!))),
    ),
    hinges: any(
      circuit,
      [...names].map(argument =>
        against((pick, other) => {
          if (!tallies[pick]!.has(argument) && !tallies[other]!.has(argument)) return FALSE;
          return not(goesBefore(circuit, tallies, pick, other, argument));
        }),
      ),
    ),
  };
}

/** True where some candidate other than the pick is such that `holds` says so of the two. */
function rival(
  circuit: Circuit,
  picked: readonly Literal[],
  candidates: readonly Literal[],
  holds: (pick: number, other: number) => Literal,
): Literal {
  const pairs = picked.flatMap((literal, pick) =>
    candidates.map((candidate, other) => {
      const both = other === pick ? FALSE : and(circuit, literal, candidate);
      return both === FALSE ? FALSE : and(circuit, both, holds(pick, other));
    }),
  );
  return any(circuit, pairs);
}

const lead = (
  circuit: Circuit,
  tallies: readonly EncodedTally[],
  terms: (tally: EncodedTally) => readonly Term[],
  pick: number,
  other: number,
) => balance(circuit, difference(terms(tallies[pick]!), terms(tallies[other]!)));

const favouredBy = (circuit: Circuit, tally: EncodedTally): Literal =>
  any(
    circuit,
    [...tally.values()].map(({ favoured }) => favoured),
  );

function goesBefore(
  circuit: Circuit,
  tallies: readonly EncodedTally[],
  pick: number,
  other: number,
  except: number | null,
): Literal {
  return pick < other
    ? firstBeats(circuit, tallies[pick]!, tallies[other]!, except)
    : not(firstBeats(circuit, tallies[other]!, tallies[pick]!, except));
}

/** Where opinions count for nothing, neither as reasons nor as hard rules, the pick goes or is less sure. */
function weaker(
  circuit: Circuit,
  encoded: EncodedDecision,
  candidates: readonly Literal[],
  look: Look,
): Literal {
  const { decision, fires, ranks, applicable, available } = encoded;
  const { reasons, bans } = decision;
  if (![...reasons, ...bans].some(({ rule }) => rule.opinion)) return FALSE;
  const firing = ({ rule }: CompiledRule) => found(fires, rule.id);
  const sound = reasons.filter(({ rule }) => !rule.opinion);
  const tallies = encodeTallies(circuit, decision, sound, ranks, firing);
  const among = candidates.map((candidate, option) => {
    const banned = bans
      .filter(({ rule, rulesOut }) => !rule.opinion && (rulesOut & (1 << option)) !== 0)
      .map(firing);
    const wasPassed = and(circuit, available[option]!, not(candidate));
    return any(circuit, [
      candidate,
      all(circuit, [applicable[option]!, not(any(circuit, banned)), not(wasPassed)]),
    ]);
  });
  const less = lookAt(circuit, encoded, among, tallies);
  return any(circuit, [
    not(less.isBest),
    less.hinges,
    and(circuit, look.standsAlways, not(less.standsAlways)),
    and(circuit, look.isFavoured, not(less.isFavoured)),
  ]);
}
