/** What a proof found: always with the answers that show it, where answers can show it. */
import type { Answers, Id } from '../content/catalogue.ts';

export interface Finding {
  /** Stable kebab-case code, for instance `never-wins`. */
  readonly code: string;
  /** A note is for reading: it does not fail `lint`. */
  readonly severity: 'error' | 'note';
  /** The question, `decision/option`, rule, invariant or fact that is meant. */
  readonly subject: Id;
  readonly message: string;
  readonly help: string;
  /** Complete answer sets that reproduce it: one, or two to compare; empty where a proof of absence has none. */
  readonly reproduction: readonly Answers[];
}
