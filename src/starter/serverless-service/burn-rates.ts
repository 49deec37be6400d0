/** How fast an error budget of 30 days may burn before somebody is told; the same on every cloud. */
import { type HclExpression, hclString } from '../../files/hcl.ts';

interface BurnRate {
  readonly speed: string;
  /** Share of the budget, divided by the share of 30 days that the long window is. */
  readonly factor: number;
  readonly longSeconds: number;
  readonly shortSeconds: number;
  readonly receiver: 'page' | 'ticket';
  readonly budget: string;
}

const HOUR = 3600;

const BURN_RATES: readonly BurnRate[] = [
  {
    speed: 'fast',
    factor: 14.4,
    longSeconds: HOUR,
    shortSeconds: 300,
    receiver: 'page',
    budget: '2 % of the budget within an hour',
  },
  {
    speed: 'slow',
    factor: 6,
    longSeconds: 6 * HOUR,
    shortSeconds: 1800,
    receiver: 'page',
    budget: '5 % of the budget within six hours',
  },
  {
    speed: 'steady',
    factor: 3,
    longSeconds: 24 * HOUR,
    shortSeconds: 2 * HOUR,
    receiver: 'ticket',
    budget: '10 % of the budget within a day',
  },
];

/** Entries of a map by speed, aligned; `window` writes a number of seconds as the cloud wants it. */
export function burnRates(window: (seconds: number) => string | number): HclExpression {
  const width = Math.max(...BURN_RATES.map(({ speed }) => speed.length));
  const literal = (value: string | number) => (typeof value === 'number' ? String(value) : hclString(value));
  const lines = BURN_RATES.map(
    ({ speed, factor, longSeconds, shortSeconds, receiver, budget }) =>
      `${speed.padEnd(width)} = { factor = ${factor}, long = ${literal(window(longSeconds))}, short = ${literal(window(shortSeconds))}, receiver = ${hclString(receiver)}, budget = ${hclString(budget)} }`,
  );
  return { kind: 'expression', code: lines.join('\n') };
}
