/** What is to become of one file. */

export type PlannedChange =
  | { readonly change: 'create'; readonly path: string; readonly text: string }
  /** `content` is the SHA-256 of what will be replaced or removed; `before` is its text, null where it is none. */
  | {
      readonly change: 'update';
      readonly path: string;
      readonly text: string;
      readonly content: string;
      readonly before: string | null;
    }
  /** The user's edits and ours together; where both changed the same lines both stand there between markers. */
  | {
      readonly change: 'merge';
      readonly path: string;
      readonly text: string;
      readonly content: string;
      readonly before: string;
      readonly conflicts: number;
    }
  | { readonly change: 'remove'; readonly path: string; readonly content: string }
  | { readonly change: 'unchanged'; readonly path: string }
  /** The user's: edited, removed, or there before us. Our text goes to `beside` where it is news. */
  | {
      readonly change: 'kept';
      readonly path: string;
      readonly because: KeptBecause;
      readonly beside: string | null;
    };

/**
 * `unmerged`: edited, with markers of an earlier merge still in it; `no-base`: edited, and what was generated last is
 * not known any more; `no-longer-generated`: edited as well; `not-text`: edited into something that cannot be merged by line.
 */
export type KeptBecause =
  | 'edited'
  | 'no-longer-generated'
  | 'unmerged'
  | 'no-base'
  | 'not-text'
  | 'removed'
  | 'not-ours';

/** Whether somebody still has to bring our text and the user's together. */
export function needsHands(change: PlannedChange): boolean {
  if (change.change === 'merge') return change.conflicts > 0;
  if (change.change !== 'kept' || change.because === 'removed' || change.because === 'not-ours') return false;
  return change.because === 'unmerged' || change.beside !== null;
}
