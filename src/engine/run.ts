/** One run of the engine, as all its decisions see it. */
import type { Answer, Id } from '../content/catalogue.ts';
import type { Alternatives } from './alternatives.ts';
import type { Input } from './decide.ts';
import type { Engine, State } from './model.ts';
import type { PinnedOptions, Search } from './search.ts';
import type { Standing } from './standing.ts';

export interface Run {
  readonly engine: Engine;
  readonly input: Input;
  readonly pins: PinnedOptions;
  /** The answers with what is assumed for unsure ones. */
  readonly base: State;
  /** The picks. */
  readonly search: Search;
  readonly used: ReadonlyMap<Id, Answer>;
  readonly standing: Standing;
  readonly alternatives: Alternatives;
}
