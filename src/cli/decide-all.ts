/** From a run to its decision: the picks, what would change them, and what cannot hold together. */
import { type Figure, figuresOf, type Ranges } from '../engine/arithmetic/figures.ts';
import { type Conflict, fixes } from '../engine/conflicts.ts';
import { decide, type Input } from '../engine/decide.ts';
import { flips } from '../engine/flips.ts';
import type { Engine } from '../engine/model.ts';
import type { Flip, Outcome, Stack } from '../engine/outcome.ts';
import { EXIT } from './exit-codes.ts';

export interface Decision {
  readonly stack: Stack;
  readonly flips: readonly Flip[];
  /** What cannot hold together, with fixes; empty where all is well. */
  readonly conflicts: readonly Conflict[];
  /** What the picks come to in numbers. */
  readonly figures: readonly Figure[];
  readonly exitCode: 0 | 3;
}
export function decideAll(engine: Engine, input: Input, network: Ranges = {}): Decision {
  const stack = decide(engine, input);
  const conflicts = fixes(engine, input);
  const isConflicting = conflicts.length > 0 || stack.outcomes.some(isConflict);
  let found: readonly Flip[] | null = null;
  return {
    stack,
    // A printed report shows none: looked for only where they are asked for.
    get flips() {
      found ??= flips(engine, input, 1);
      return found;
    },
    conflicts,
    figures: figuresOf(stack, network),
    exitCode: isConflicting ? EXIT.conflict : EXIT.done,
  };
}

/** Nothing is possible, or a pin goes against what the thing itself refuses: ADRs are written, a starter is not. */
function isConflict(outcome: Outcome): boolean {
  if (outcome.status === 'impossible') return true;
  return outcome.status === 'decided' && outcome.pinned?.against?.kind === 'impossible';
}
