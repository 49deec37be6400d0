/** In which interval of the weighting a pick stands, and what breaks a tie. */
import type { CompiledDecision } from './model.ts';
import type { Decided } from './outcome.ts';
import { type Count, compareByDrivers, compareOptions } from './tally.ts';

/**
 * Against an option j with dS strong and dP plain reasons less than the pick, the pick is ahead where
 * r * dS + dP > 0. The interval is closed: within it nothing has more than the pick, at an end something may tie.
 */
export function intervalOf(
  count: Count,
  pick: number,
  candidates: number,
): { readonly holdsFor: Decided['holdsFor']; readonly standsAlways: boolean } {
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

export function tieOf(
  decision: CompiledDecision,
  pick: number,
  candidates: number,
  count: Count,
): Decided['tie'] {
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
