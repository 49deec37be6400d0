/** What a proof found: what is meant, what is wrong with it, and the answers that show it. */
import type { Answers } from '../content/catalogue.ts';

/** An error fails `lint`, a warning fails it where it is strict, a note is for reading. */
export type Severity = 'error' | 'warning' | 'note';

export interface Finding {
  /** Stable kebab-case code, for instance `never-wins`. */
  readonly code: string;
  readonly severity: Severity;
  /** Kind and id of what is meant, as the loader notes places: `rule:mesh/no-need`. */
  readonly subject: string;
  readonly message: string;
  readonly help: string;
  /** Complete answer sets that show it: one, or two to compare; empty where no answers have a part in it. */
  readonly reproduction: readonly Answers[];
}
