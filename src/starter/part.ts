/** One part of a starter: the files that follow from one choice, and what the rest of the repository must know of them. */
import type { Catalogue, Id } from '../content/catalogue.ts';
import type { Project } from '../content/project.ts';
import type { Stack } from '../engine/outcome.ts';
import type { FileTree } from '../files/tree.ts';
import type { Profile } from './profile.ts';
import type { KnownRanges } from './topology/ranges.ts';

/** All that a part is written from. */
export interface StarterInput {
  readonly stack: Stack;
  readonly catalogue: Catalogue;
  readonly project: Project;
  /** The record that a decision is written down in, by its file name within the ADR folder; null where there is none. */
  readonly adrOf: (decision: Id) => { readonly number: number; readonly path: string } | null;
  /** Where the records lie in the repository; `docs/adr` where nothing else is said. */
  readonly adrFolder?: string;
  /** All of it where nothing else is said. */
  readonly profile?: Profile;
  /** Of clusters that were written here before; none in a new directory. */
  readonly ranges?: KnownRanges;
}

/** A token that somebody has to replace before the first apply: listed in PLACEHOLDERS.md. */
export interface Placeholder {
  readonly token: string;
  /** The first file that holds it. */
  readonly file: string;
  /** What belongs there: a clause or sentence. */
  readonly meaning: string;
  readonly example: string;
}

/** How to see that a decision is kept: the confirmation of its ADR. */
export interface Check {
  readonly decision: Id;
  readonly says: string;
  /** A shell command run from the root of the repository. */
  readonly command: string;
  /** The file that the command reads, or that enforces the decision. */
  readonly path: string;
}

export interface StarterPart {
  readonly files: FileTree;
  readonly placeholders: readonly Placeholder[];
  readonly checks: readonly Check[];
  /** What to do after writing, in order, as full sentences. */
  readonly nextSteps: readonly string[];
}
