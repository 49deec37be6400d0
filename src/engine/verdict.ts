/** How sure a pick is, in one word. The exact tests are described in docs/verdicts.md. */
import type { Judged, Margin } from './margin.ts';
import { isSingle } from './model.ts';
import type { Decided, Verdict } from './outcome.ts';

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
