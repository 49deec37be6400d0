/** Verdicts of single answer sets, from the engine itself: for what the circuit does not say. */
import type { Answers, Id } from '../content/catalogue.ts';
import type { Engine } from '../engine/model.ts';

/** Per decision its verdict, or its status where there is none. */
export type Verdicts = (engine: Engine, answers: Answers) => ReadonlyMap<Id, string>;

/** True as soon as one pair of answer sets has different verdicts somewhere. */
export function verdictsDiffer(
  verdicts: Verdicts,
  engine: Engine,
  pairs: Iterable<readonly [Answers, Answers]>,
): boolean {
  for (const [a, b] of pairs) {
    const [first, second] = [verdicts(engine, a), verdicts(engine, b)];
    for (const [decision, verdict] of first) if (second.get(decision) !== verdict) return true;
  }
  return false;
}
