/** Few stacks that hold every set of picks which was seen to occur together. */
import { type Dealer, type DrawnStack, drawStack, openOptions, shuffled, withPin } from './draw.ts';

/** Codes of the sets that are to be covered, from the codes of a stack's picks, all below {@link MOST_PICKS}. */
export type Sets = (picks: readonly number[]) => readonly number[];
const MOST_PICKS = 1024;

export const pairs: Sets = picks =>
  picks.flatMap((first, at) => picks.slice(at + 1).map(second => first * MOST_PICKS + second));

export interface Cover {
  readonly stacks: readonly DrawnStack[];
  /** Sets of picks that occur; each is in one of the stacks. */
  readonly sets: number;
  readonly drawn: number;
}

/** Of the sets in `draws` random stacks; `picked` leaves out picks that do not matter. */
export function cover(
  dealer: Dealer,
  sets: Sets,
  draws: number,
  picked: (pick: string) => boolean = () => true,
): Cover {
  const codes = new Map<string, number>();
  const code = (pick: string): number => {
    const known = codes.get(pick) ?? codes.size;
    codes.set(pick, known);
    return known;
  };
  const setsOf = ({ picks }: DrawnStack): readonly number[] => sets(picks.filter(picked).map(code));
  const pool = Array.from({ length: draws }, () => drawStack(dealer)).flatMap(stack =>
    stack === null ? [] : [{ stack, sets: setsOf(stack), gain: Number.POSITIVE_INFINITY }],
  );
  // What few stacks have counts for more: left to the end, each such set would take a stack of its own.
  const worth = new Map<number, number>();
  for (const [set, times] of countsOf(pool.flatMap(one => one.sets))) worth.set(set, 1 / times);
  const total = new Set(worth.keys());
  const gain = (all: readonly number[]): number => {
    let sum = 0;
    for (const set of all) sum += worth.get(set) ?? 0;
    return sum;
  };
  const stacks: DrawnStack[] = [];
  while (worth.size > 0) {
    let best: DrawnStack | null = null;
    let most = 0;
    // Gains only fall, so a stack whose last known gain is no better than the best of this round is not looked at.
    for (const one of pool) {
      if (one.gain <= most) break;
      one.gain = gain(one.sets);
      if (one.gain > most) [best, most] = [one.stack, one.gain];
    }
    if (best === null) throw new Error('a set that was drawn is in no stack');
    const stack = improved(dealer, best, each => gain(setsOf(each)));
    stacks.push(stack);
    for (const set of setsOf(stack)) {
      total.add(set);
      worth.delete(set);
    }
    pool.sort((a, b) => b.gain - a.gain);
  }
  return { stacks, sets: total.size, drawn: pool.length };
}

function countsOf(sets: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const set of sets) counts.set(set, (counts.get(set) ?? 0) + 1);
  return counts;
}

/** One pin more at a time, wherever that brings sets that none of the stacks has yet. */
function improved(dealer: Dealer, start: DrawnStack, gain: (stack: DrawnStack) => number): DrawnStack {
  let [best, most] = [start, gain(start)];
  for (const { index } of shuffled(dealer.engine.decisions, dealer.draw)) {
    for (const option of openOptions(best, index)) {
      const other = withPin(dealer, best, index, option);
      const more = other === null ? 0 : gain(other);
      if (other !== null && more > most) [best, most] = [other, more];
    }
  }
  return best;
}
