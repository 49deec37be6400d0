/** All that the records are written from. */
import type { Catalogue, Id } from '../content/catalogue.ts';
import type { Project } from '../content/project.ts';
import type { Figure } from '../engine/arithmetic/figures.ts';
import type { Flip, Stack } from '../engine/outcome.ts';
import type { AdrLink } from './number.ts';
import type { Standing } from './standing.ts';

/** How to see that a decision is kept: a command that runs from the root of the repository. */
export interface Check {
  readonly decision: Id;
  readonly says: string;
  readonly command: string;
  readonly path: string;
}

export interface AdrInput {
  readonly stack: Stack;
  readonly catalogue: Catalogue;
  readonly project: Project;
  /** Single-answer flips of the whole stack. */
  readonly flips: readonly Flip[];
  readonly numbers: ReadonlyMap<Id, AdrLink>;
  readonly checks: readonly Check[];
  /** What the decisions come to in numbers. */
  readonly figures?: readonly Figure[];
  /** Where records stand that are there already, by file name; all others are proposed. */
  readonly standings?: ReadonlyMap<string, Standing>;
  /** The record whose place a new one takes. */
  readonly predecessors?: ReadonlyMap<Id, AdrLink>;
  /** Other records on the same matter that are there already. */
  readonly earlier?: ReadonlyMap<Id, readonly AdrLink[]>;
  /** Records that hold no longer and are listed all the same. */
  readonly past?: readonly { readonly link: AdrLink; readonly standing: Standing }[];
}
