/** One record's new standing in all files of the ADR folder that tell of it. */
import type { FileTree } from '../files/tree.ts';
import { patchDecisions, patchIndexJson, patchIndexPage } from './patch-index.ts';
import { patchPredecessor, patchStanding } from './patch-standing.ts';
import type { RecordName, Standing } from './standing.ts';

const BESIDE = [
  { path: 'index.md', patch: patchIndexPage },
  { path: 'index.json', patch: patchIndexJson },
  { path: 'decisions.json', patch: patchDecisions },
] as const;

/** Files that tell of the record, beside it and its successor. */
export const BESIDE_RECORDS: readonly string[] = BESIDE.map(({ path }) => path);

/** The files that change, of those that the tree holds. */
export function patchAll(tree: FileTree, record: RecordName, standing: Standing): FileTree {
  const changed = new Map<string, string>();
  const put = (path: string, patch: (text: string) => string | null): void => {
    const before = tree.get(path);
    const after = before === undefined ? null : patch(before);
    if (after !== null && after !== before) changed.set(path, after);
  };
  put(record.path, text => patchStanding(text, standing));
  if (standing.successor !== null) put(standing.successor.path, text => patchPredecessor(text, record));
  for (const { path, patch } of BESIDE) put(path, text => patch(text, record, standing));
  return changed;
}
