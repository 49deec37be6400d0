/** What `chartroom status` takes, and which changes of a status make sense. */
import { adrId } from '../adr/number.ts';
import type { RecordName } from '../adr/standing.ts';

export const TARGETS = ['accepted', 'rejected', 'superseded'] as const;
export type Target = (typeof TARGETS)[number];

export const isTarget = (word: string): word is Target => TARGETS.some(target => target === word);

/** `3`, `0003` and `ADR-0003` are the same. */
export function numberOf(given: string): number | null {
  const digits = /^(?:adr-?)?(\d{1,9})$/i.exec(given.trim())?.[1];
  return digits === undefined ? null : Number(digits);
}

export function namesOf(
  given: readonly string[],
): { readonly names: readonly string[] } | { readonly problem: string } {
  // Several tools part names at a comma, so we do too.
  const names = given.flatMap(each => each.split(',')).map(name => name.replace(/\s+/g, ' ').trim());
  if (names.some(name => name === '')) return { problem: '--by takes the name of a person or a role' };
  const long = names.find(name => name.length > 100);
  if (long !== undefined)
    return { problem: `--by takes a name of at most 100 characters, not "${long.slice(0, 40)}…"` };
  return { names: [...new Set(names)] };
}

interface Named {
  readonly name: RecordName;
  readonly status: string;
}

/** Why this change makes no sense; null where it does. */
export function forbiddenChange(record: Named, to: Target, successor: Named | null): string | null {
  const id = adrId(record.name);
  if (successor !== null) {
    if (to !== 'superseded') return `--successor goes with superseded, not with ${to}`;
    const other = adrId(successor.name);
    if (successor.name.number === record.name.number) return `${id} cannot take its own place`;
    if (successor.status !== 'accepted') {
      return `${other} is ${successor.status}; only an accepted record takes the place of another: chartroom status ${successor.name.number} accepted`;
    }
  }
  if (record.status === to) return null;
  if (record.status === 'superseded')
    return `${id} is superseded; it stays so, and a new record says what holds now`;
  if (record.status === 'rejected')
    return `${id} was rejected; it stays so, and a new record can decide otherwise`;
  if (record.status === 'accepted' && to === 'rejected') {
    return `${id} is accepted; what was decided is superseded by a new record, not rejected`;
  }
  return null;
}
