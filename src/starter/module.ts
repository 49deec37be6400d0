/** A module: what one option needs to be generated, or why it is not. */
import type { Id } from '../content/catalogue.ts';
import type { ClusterInput } from './cluster-input.ts';
import type { Contribution } from './contribution.ts';
import type { Foundation } from './foundation.ts';

/** An option whose files are not written yet, and why: a full sentence for the README. */
export interface NotGenerated {
  readonly notGenerated: string;
}

/** A part of the stack that has no files, and why. */
export interface MissingPart {
  readonly decision: Id;
  readonly pick: Id;
  readonly because: string;
}

/** An option that needs no files of its own. */
export interface NoFiles {
  readonly noFiles: true;
}

export interface ModuleInput extends ClusterInput {
  readonly foundation: Foundation;
}

/** What one option of a decision needs to be generated; a module may find that it does not fit the rest of the stack. */
export type Choice = ((input: ModuleInput) => Contribution | NotGenerated) | NoFiles | NotGenerated;
