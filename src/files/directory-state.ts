/** What is in the output directory, as far as a tree and the lock file are concerned. */
import type { Base } from './base.ts';
import type { Lock } from './lock.ts';

export type Entry =
  /**
   * SHA-256 of the content as it is and, where Git made its line ends CRLF, as we wrote it. `content` tells the same
   * files apart byte by byte. `text` is null for what is no UTF-8 text of a size that is worth merging.
   */
  | {
      readonly kind: 'file';
      readonly content: string;
      readonly hashes: readonly string[];
      readonly text: string | null;
    }
  | { readonly kind: 'directory' | 'link' | 'other' };

export interface DirectoryState {
  /** Absolute, links in it resolved as far as it exists. */
  readonly root: string;
  /** As the user named it. */
  readonly name: string;
  readonly contains: 'absent' | 'nothing' | 'something';
  /** An earlier run was interrupted: `recoverDirectory` comes first. */
  readonly unfinished: boolean;
  /** Null where we never wrote into it. */
  readonly lock: Lock | null;
  readonly lockText: string | null;
  /** What we generated last, as far as it was kept. */
  readonly base: Base;
  readonly baseText: string | null;
  /** By relative path: every path asked for, their parents, and the files beside them that we may have put there. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** Names in every directory asked for that exists; the root is the empty path. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}
