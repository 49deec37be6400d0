/** Whether two encodings of one decision can come out differently: in the pick, or in how it stands. */
import { any, type Circuit, differ, type Literal } from '../logic/circuit.ts';
import type { EncodedDecision } from './encode.ts';
import { encodeVerdict, verdictsDiffer } from './encode-verdict.ts';
import { type Holds, type Workbench, witness, witnessWithin } from './workbench.ts';

/** Verdicts are a matter of several sums at once; some such questions are too hard to be settled. */
const MOST_CONFLICTS = 30_000;

export function pickDifference(
  bench: Workbench,
  given: readonly Literal[],
  a: EncodedDecision,
  b: EncodedDecision,
): Holds | null {
  return witness(bench, [...given, picksDiffer(bench.circuit, a, b)]);
}

/** Assumes that the picks are the same. */
export function verdictDifference(
  bench: Workbench,
  given: readonly Literal[],
  a: EncodedDecision,
  b: EncodedDecision,
): Holds | null | 'open' {
  if (looksTheSame(a, b)) return null;
  const { circuit } = bench;
  const different = verdictsDiffer(circuit, encodeVerdict(circuit, a), encodeVerdict(circuit, b));
  return witnessWithin(bench, [...given, different], MOST_CONFLICTS);
}

const picksDiffer = (circuit: Circuit, a: EncodedDecision, b: EncodedDecision): Literal =>
  any(
    circuit,
    a.picked.map((literal, index) => differ(circuit, literal, b.picked[index]!)),
  );

/** All that a verdict looks at is the very same circuit. */
function looksTheSame(a: EncodedDecision, b: EncodedDecision): boolean {
  const same = (x: readonly Literal[], y: readonly Literal[]) => x.every((literal, at) => literal === y[at]);
  return (
    same(a.picked, b.picked) &&
    same(a.applicable, b.applicable) &&
    same(a.available, b.available) &&
    same(a.viable, b.viable) &&
    same(a.ranks.flat(), b.ranks.flat()) &&
    [...a.fires].every(([rule, literal]) => b.fires.get(rule) === literal)
  );
}
