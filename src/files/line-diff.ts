/** What changes between two texts, line by line, in the form that `diff -u` and code reviews use. */
import { diffIndices } from 'node-diff3';

export interface LineDiff {
  readonly added: number;
  readonly removed: number;
  /** Hunks with three lines around them. */
  readonly lines: readonly string[];
}

const AROUND = 3;

export function lineDiff(before: string, after: string): LineDiff {
  const [old, now] = [before, after].map(text =>
    text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n'),
  );
  if (old === undefined || now === undefined) throw new Error('two texts make two lists of lines');
  const changes = diffIndices(old, now).map(({ buffer1, buffer2 }) => ({
    at: buffer1[0],
    removed: old.slice(buffer1[0], buffer1[0] + buffer1[1]),
    to: buffer2[0],
    added: now.slice(buffer2[0], buffer2[0] + buffer2[1]),
  }));
  return {
    added: changes.reduce((sum, { added }) => sum + added.length, 0),
    removed: changes.reduce((sum, { removed }) => sum + removed.length, 0),
    lines: hunks(changes).flatMap(hunk => hunkLines(old, hunk)),
  };
}

interface Change {
  /** Places in the old and in the new text, from 0. */
  readonly at: number;
  readonly removed: readonly string[];
  readonly to: number;
  readonly added: readonly string[];
}

/** Changes whose surroundings touch belong together. */
function hunks(changes: readonly Change[]): readonly (readonly Change[])[] {
  const found: Change[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const change of changes) {
    if (change.at - AROUND <= end + AROUND) found.at(-1)?.push(change);
    else found.push([change]);
    end = change.at + change.removed.length;
  }
  return found;
}

function hunkLines(old: readonly string[], hunk: readonly Change[]): readonly string[] {
  const [first] = hunk;
  const last = hunk.at(-1);
  if (first === undefined || last === undefined) return [];
  const from = Math.max(0, first.at - AROUND);
  const until = Math.min(old.length, last.at + last.removed.length + AROUND);
  const body: string[] = [];
  let at = from;
  for (const change of hunk) {
    body.push(...old.slice(at, change.at).map(line => ` ${line}`));
    body.push(...change.removed.map(line => `-${line}`), ...change.added.map(line => `+${line}`));
    at = change.at + change.removed.length;
  }
  body.push(...old.slice(at, until).map(line => ` ${line}`));
  const added = hunk.reduce((sum, change) => sum + change.added.length - change.removed.length, 0);
  const start = first.to - (first.at - from);
  return [`@@ -${from + 1},${until - from} +${start + 1},${until - from + added} @@`, ...body];
}
