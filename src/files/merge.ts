/** Three texts become one: what was generated last, what the user made of it, and what is generated now. */
import { diff3Merge } from 'node-diff3';

export interface Merged {
  readonly text: string;
  /** Places where both sides changed the same lines; both stand there, between markers. */
  readonly conflicts: number;
}

const YOURS = '<<<<<<< yours';
const BETWEEN = '=======';
const OURS = '>>>>>>> chartroom';
/** Beyond this the merge would take seconds. */
const MOST_LINES = 20_000;

/** Null where the texts are too long to be merged line by line. */
export function mergeTexts(base: string, yours: string, ours: string): Merged | null {
  const ending = lineEnding(yours);
  const [a, o, b] = [yours, base, ours].map(lines);
  if (a === undefined || o === undefined || b === undefined) return null;
  if (Math.max(a.length, o.length, b.length) > MOST_LINES) return null;
  const merged: string[] = [];
  let conflicts = 0;
  for (const region of diff3Merge(a, o, b)) {
    if (region.ok) merged.push(...region.ok);
    if (!region.conflict) continue;
    conflicts++;
    merged.push(YOURS, ...region.conflict.a, BETWEEN, ...region.conflict.b, OURS);
  }
  return { text: merged.join(ending), conflicts };
}

/** Whether markers of an earlier merge are still in it. */
export function hasConflictMarkers(text: string): boolean {
  const found = lines(text);
  return found.includes(YOURS) && found.includes(OURS);
}

function lines(text: string): string[] {
  return text.replaceAll('\r\n', '\n').split('\n');
}

/** What Git may have made of our line feeds. */
function lineEnding(text: string): '\r\n' | '\n' {
  const all = text.split('\n').length - 1;
  return all > 0 && text.split('\r\n').length - 1 === all ? '\r\n' : '\n';
}
