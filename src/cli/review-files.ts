/** Which files drifted from the record that they follow from. */
import { driftedFiles } from '../files/drift.ts';
import { ANSWERS_PATH } from './output-paths.ts';
import type { FileFinding } from './review-report.ts';
import type { StoredRun } from './stored-run.ts';

/** The tokens of the starter, which PLACEHOLDERS.md asks to replace. */
const PLACEHOLDER = /REPLACE_ME_[A-Z0-9_]+|replace-me-[a-z0-9-]*[a-z0-9]/;
/** Files whose edits are told otherwise, or are asked for. */
const UNTOLD: readonly string[] = [ANSWERS_PATH, 'PLACEHOLDERS.md'];

export function fileFindings({ state, folder }: StoredRun): readonly FileFinding[] {
  return driftedFiles(state, PLACEHOLDER).flatMap(({ path, change, text }) => {
    if (change === 'filled-in' || UNTOLD.includes(path)) return [];
    return [{ path, change, adr: recordOf(path, text, folder.folder) }];
  });
}

/** A record follows from itself; other files name theirs at their head. */
function recordOf(path: string, text: string | null, folder: string): number | null {
  const own = path.startsWith(folder === '' ? '' : `${folder}/`)
    ? /(?:^|\/)(\d{4})-[^/]*\.md$/.exec(path)?.[1]
    : undefined;
  const named = /Follows \[?ADR-(\d{4})\]? ?\(/.exec((text ?? '').slice(0, 600))?.[1];
  const number = own ?? named;
  return number === undefined ? null : Number(number);
}
