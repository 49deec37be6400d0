/** All that a review found. */
import type { DecisionChanges } from '../adr/compare-decisions.ts';
import type { Day } from '../content/catalogue.ts';

export interface FactFinding {
  readonly id: string;
  /** `overdue`: its day to be looked at again has passed. */
  readonly change: 'changed' | 'removed' | 'overdue';
  readonly says: string;
  readonly reviewBy: Day;
}
export interface EndedSupport {
  readonly of: string;
  /** A full sentence. */
  readonly says: string;
}
export interface DueRecord {
  readonly number: number;
  readonly title: string;
  readonly path: string;
  readonly reviewBy: Day;
}
export interface FileFinding {
  readonly path: string;
  readonly change: 'edited' | 'removed';
  /** The record that it follows from; null where it names none. */
  readonly adr: number | null;
}
export interface Review extends DecisionChanges {
  readonly name: string;
  readonly asOf: Day;
  readonly decided: { readonly asOf: Day; readonly knowledge: string };
  readonly knowledge: string;
  readonly counts: { readonly decisions: number; readonly files: number };
  readonly facts: readonly FactFinding[];
  readonly ended: readonly EndedSupport[];
  readonly due: readonly DueRecord[];
  readonly files: readonly FileFinding[];
}

export function isQuiet({ answers, decisions, versions, facts, ended, due, files }: Review): boolean {
  return [answers, decisions, versions, facts, ended, due, files].every(list => list.length === 0);
}
