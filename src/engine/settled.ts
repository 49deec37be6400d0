/** Which decisions no remaining answer can change, and which options can still win elsewhere. */
import type { Id } from '../content/catalogue.ts';
import type { Input } from './decide.ts';
import { type Engine, isSingle } from './model.ts';
import type { Limits } from './open-cases.ts';
import { pinnedOptions } from './pins.ts';
import { optionIds } from './reasons.ts';
import { standingOf } from './standing.ts';

export interface Settled {
  readonly settled: boolean;
  /** Options that some completion of the answers may lead to; none where the decision is not needed for certain. */
  readonly canWin: readonly Id[];
}

/** In the catalogue's order. Settled is certain; not settled may be over-cautious where much is open. */
export function settled(
  engine: Engine,
  input: Pick<Input, 'answers' | 'pins'>,
  limits?: Limits,
): ReadonlyMap<Id, Settled> {
  const { root } = standingOf(engine, input.answers, pinnedOptions(engine, input.pins), limits);
  const byId = new Map(
    engine.decisions.map(decision => {
      const possible = root.picks[decision.index]!;
      return [
        decision.decision.id,
        { settled: isSingle(possible), canWin: optionIds(decision, possible) },
      ] as const;
    }),
  );
  return new Map(
    engine.catalogue.decisions.flatMap(({ id }) => {
      const standing = byId.get(id);
      return standing === undefined ? [] : [[id, standing] as const];
    }),
  );
}
