/** The fast path: what would be picked, and nothing about why. */
import type { Id } from '../content/catalogue.ts';
import { stateOf } from './answers.ts';
import type { Input } from './decide.ts';
import { type Engine, NOTHING } from './model.ts';
import { pinnedOptions } from './pins.ts';
import { newSearch, searchPicks } from './search.ts';

/** Decision to option in the catalogue's order; null where it is not needed or nothing is left. */
export function picks(engine: Engine, input: Pick<Input, 'answers' | 'pins'>): ReadonlyMap<Id, Id | null> {
  const search = newSearch(engine);
  searchPicks(engine, stateOf(engine, input.answers, 'assumed'), pinnedOptions(engine, input.pins), search);
  return pickedOptions(engine, search.state.picks);
}

export function pickedOptions(engine: Engine, bits: Int32Array): ReadonlyMap<Id, Id | null> {
  return new Map(
    engine.catalogue.decisions.map(({ id }) => [
      id,
      pickedOption(engine, engine.decisionIndex.get(id) ?? -1, bits),
    ]),
  );
}

export function pickedOption(engine: Engine, decision: number, bits: Int32Array): Id | null {
  const bit = bits[decision];
  if (bit === undefined || bit === NOTHING || bit === 0) return null;
  return engine.decisions[decision]?.options[31 - Math.clz32(bit)]?.option.id ?? null;
}
