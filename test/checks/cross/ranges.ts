/** IPv4 ranges, read independently of the arithmetic that the starter is written with. */
import { oncePerText } from '../once.ts';

const bits = oncePerText((address: string): string =>
  address
    .split('.')
    .map(part => Number(part).toString(2).padStart(8, '0'))
    .join(''),
);

const network = oncePerText((range: string): string => {
  const [address = '', prefix = '32'] = range.split('/');
  return bits(address).slice(0, Number(prefix));
});

export function contains(range: string, address: string): boolean {
  return bits(address).startsWith(network(range));
}

/** The part of a range whose addresses go on with these bits. */
export function containsIn(range: string, next: string, address: string): boolean {
  return bits(address).startsWith(network(range) + next);
}

export function overlaps(one: string, other: string): boolean {
  const [a, b] = [network(one), network(other)];
  return a.startsWith(b) || b.startsWith(a);
}

export function isRange(text: string): boolean {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text);
  if (match === null) return false;
  const [, ...numbers] = match.map(Number);
  return numbers.slice(0, 4).every(part => part <= 255) && (numbers[4] ?? 33) <= 32;
}
