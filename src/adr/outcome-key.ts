/** What an accepted record stands for: when any of it changes, another record has to take its place. */
import type { Id } from '../content/catalogue.ts';
import type { Decided, Stack } from '../engine/outcome.ts';
import { defaultRows } from './default-rows.ts';

export interface OutcomeKey {
  /** Null for the platform defaults, which are no choice. */
  readonly pick: Id | null;
  readonly verdict: string | null;
  /** Rules whose reasons count for or against the pick; those that left it alone where it was the only option. */
  readonly reasons: readonly string[];
  /** The user's own reason where the pick is pinned. */
  readonly pinned: string | null;
}

export function outcomeKey(outcome: Decided): OutcomeKey {
  const { pick, verdict, reasons, ruledOut, pinned } = outcome;
  const told = reasons.filter(reason => reason.counted && reason.options.includes(pick));
  const hard = verdict === 'only-option' || pinned?.against ? ruledOut : [];
  return {
    pick,
    verdict,
    reasons: [...new Set([...told, ...hard].map(one => one.rule))].sort(),
    pinned: pinned === null ? null : pinned.pin.because,
  };
}

export function defaultsKey(stack: Stack): OutcomeKey {
  const minor = stack.versions.kubernetes?.minor;
  const rows = defaultRows(stack).flatMap(row => [row.name, ...row.deviations]);
  return {
    pick: null,
    verdict: null,
    reasons: [...(minor === undefined ? [] : [`Kubernetes ${minor}`]), ...rows],
    pinned: null,
  };
}

export function isSameOutcome(one: OutcomeKey, other: OutcomeKey): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What changed, as a clause for people; empty where nothing did. */
export function changeOfOutcome(
  before: OutcomeKey,
  after: OutcomeKey,
  label: (option: Id) => string,
): string {
  if (before.pick !== after.pick && before.pick !== null && after.pick !== null)
    return `${label(before.pick)} -> ${label(after.pick)}`;
  if (before.pinned !== after.pinned)
    return after.pinned === null ? 'no longer pinned' : 'pinned for another reason';
  if (before.verdict !== after.verdict) return `the verdict was ${before.verdict} and is ${after.verdict}`;
  return isSameOutcome(before, after) ? '' : 'other reasons count';
}
