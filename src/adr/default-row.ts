/** One thing that every workload gets without a choice. */
import type { Driver, Id } from '../content/catalogue.ts';

export interface DefaultRow {
  readonly name: string;
  readonly quality: Driver;
  /** A full sentence. */
  readonly says: string;
  /** How to see that it holds: a clause after "Measured:"; empty where the record is told in brief. */
  readonly measure: string;
  /** Full sentences; empty where nothing deviates. */
  readonly deviations: readonly string[];
  /** Facts cited where the catalogue has them. */
  readonly facts: readonly Id[];
}
