/** Two printed pages. */
export const MOST_WORDS = 900;

/** How much of what could be said is said: a record is at most two pages. */
export interface Detail {
  readonly answers: number;
  readonly assumptions: number;
  readonly flips: number;
  /** Pros and cons of the pick, each. */
  readonly ownArguments: number;
  /** Options beside the pick that are told in full; the others get one advantage and why not. */
  readonly fullOptions: number;
  /** Facts that one sentence cites; and one advantage or disadvantage of another option. */
  readonly facts: number;
  readonly factsOfOthers: number;
  /** Advantages of an option that is told in brief. */
  readonly briefGoods: number;
  readonly revisits: number;
  /** Conditions that one driver quotes. */
  readonly forces: number;
  /** Whose facts are repeated as statements: all, those that the pick and the hard rules rest on, the deciding ones, none. */
  readonly statements: 'all' | 'own' | 'deciding' | 'none';
}

const FULL: Detail = {
  answers: 10,
  assumptions: 8,
  flips: 6,
  ownArguments: 3,
  fullOptions: 4,
  facts: 2,
  factsOfOthers: 1,
  briefGoods: 2,
  revisits: 3,
  forces: 2,
  statements: 'all',
};
/** Each step takes away what is missed least. */
const STEPS: readonly Partial<Detail>[] = [
  { answers: 8, assumptions: 5, flips: 5, ownArguments: 2, fullOptions: 3, revisits: 2 },
  { answers: 7, assumptions: 4, flips: 4, fullOptions: 2, facts: 1 },
  { answers: 6, assumptions: 3, flips: 3, fullOptions: 1, forces: 1 },
  { statements: 'own' },
  { answers: 5, assumptions: 2, flips: 2, ownArguments: 1, revisits: 1 },
  { answers: 4, fullOptions: 0 },
  { flips: 1, statements: 'deciding' },
  { answers: 3, assumptions: 1, factsOfOthers: 0 },
  { statements: 'none' },
  { briefGoods: 1 },
];

/** The last level: the least that a record needs. */
export const LEAST = STEPS.length;

/** Level 0 says all; each further level says less. */
export function detailAt(level: number): Detail {
  return Object.assign({}, FULL, ...STEPS.slice(0, level));
}
