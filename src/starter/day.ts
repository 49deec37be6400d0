/** Days as they are written, 2026-11-20, and days some way from them. */
import type { Day } from '../content/catalogue.ts';

/** The last day of a shorter month stands in for one that it does not have. */
export function monthsAfter(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return written(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

export function daysAfter(day: Day, days: number): Day {
  return written(Date.parse(day) + days * 86_400_000);
}

/** Whole days from one to the other. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

function written(time: number): Day {
  return new Date(time).toISOString().slice(0, 10);
}
