/** Upgrades and freezes against the time for which a version is supported and a channel can be held back. */

/** Days for which GKE stops all upgrades at most, in one exclusion (UPG-02). */
export const GKE_EXCLUSION_DAYS = 90;
/** Months for which a minor is supported, and from one minor to the next (LC-01). */
export const SUPPORT_MONTHS = 14;
export const MONTHS_BETWEEN_MINORS = 4;

/** Days by which a freeze is longer than one exclusion; 0 where it fits (UPG-02). */
export function daysBeyondExclusion(freezeDays: number): number {
  return Math.max(0, freezeDays - GKE_EXCLUSION_DAYS);
}

/** Minors that are passed one after the other at each upgrade, if it comes every so many months (LC-01, LC-05). */
export function minorsPerUpgrade(months: number): number {
  return Math.max(1, Math.round(months / MONTHS_BETWEEN_MINORS));
}

/** Months of support that are left when a freeze begins with a new version; below 0 it ends within the freeze (LC-01). */
export function supportAfter(freezeMonths: number): number {
  return SUPPORT_MONTHS - freezeMonths;
}
