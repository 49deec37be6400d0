/** Puts words, clauses and sentences together. */
import type { Day, Driver } from '../content/catalogue.ts';

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const ORDINALS = ['first', 'second', 'third'];

/** Up to ten in words. */
export function numberInWords(number: number): string {
  return NUMBERS[number] ?? String(number);
}

/** `two plain reasons`; the noun is given in the singular. */
export function counted(number: number, noun: string): string {
  return `${numberInWords(number)} ${noun}${number === 1 ? '' : 's'}`;
}

export function ordinal(index: number): string {
  return ORDINALS[index] ?? `${index + 1}th`;
}

/** A record is tried in several lengths, and says the same sentences in each. */
function remembered(make: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return text => {
    const made = known.get(text) ?? make(text);
    known.set(text, made);
    return made;
  };
}

/** Ends in a full stop, begins with a capital. */
export const asSentence = remembered((text: string): string => {
  const trimmed = text.replace(/\s+/g, ' ').trim();
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
});

/** Without the full stop, for use within a sentence; of several sentences the first. */
export const withoutStop = remembered((text: string): string => {
  const first = /^(.*?[a-z0-9)%"\u201d])\. [A-Z]/.exec(text.replace(/\s+/g, ' '))?.[1] ?? text;
  return first.trim().replace(/[.!?]+$/, '');
});

/** `shop's`, `payments'`. */
export function possessive(name: string): string {
  return /s$/i.test(name) ? `${name}'` : `${name}'s`;
}

/** Words are what has a letter or a digit between two spaces: counted from that letter to the next space. */
export function wordCount(text: string): number {
  const word = IS_ASCII.test(text) ? /[A-Za-z0-9]\S*/g : /[\p{L}\p{N}]\S*/gu;
  return text.match(word)?.length ?? 0;
}
/** Node takes longer to make letters of all scripts into an expression than to count a thousand words. */
const IS_ASCII = /^[\0-\x7f]*$/;

export function driverName(driver: Driver): string {
  return driver.replaceAll('-', ' ');
}

/** What a decision achieves by serving the driver: `lower cost`. */
export function driverGoal(driver: Driver): string {
  if (driver === 'cost') return 'lower cost';
  return driver === 'time-to-market' ? 'a shorter time to market' : driver;
}

/** How many plain reasons a strong one is worth: a whole number or a fraction, never a decimal. */
export function fraction(value: number): string {
  for (let below = 1; below <= 60; below++) {
    const above = Math.round(value * below);
    if (Math.abs(above / below - value) < 1e-6) return below === 1 ? String(above) : `${above}/${below}`;
  }
  return String(Math.round(value));
}

/** Words that a reader of the rendered record sees: no front matter, no link targets. */
export function wordsOfRecord(markdown: string): number {
  return wordCount(markdown.replace(/^---\n[\s\S]*?\n---\n/, '').replace(/\]\([^)\s]*\)/g, ']'));
}

/** The same day of the next year; the 29th of February becomes the 28th. */
export function aYearAfter(day: Day): Day {
  const next = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
  return next.endsWith('-02-29') ? next.replace(/29$/, '28') : next;
}
