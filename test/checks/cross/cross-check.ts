/** A check of how the parts of one tree fit together: what no linter of a single file can see. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';

export interface CrossCheck {
  readonly code: string;
  readonly says: string;
  readonly check: (tree: FileTree) => readonly Finding[];
}
