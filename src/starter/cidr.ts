/** Arithmetic with IPv4 ranges. */

interface Range {
  readonly first: number;
  readonly prefix: number;
}

function parse(cidr: string): Range {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr);
  const [a, b, c, d, prefix] = (match?.slice(1) ?? []).map(Number);
  if (a === undefined || b === undefined || c === undefined || d === undefined || prefix === undefined)
    throw new Error(`not an IPv4 range: ${cidr}`);
  const size = 2 ** (32 - prefix);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { first: Math.floor(address / size) * size, prefix };
}

function address(value: number): string {
  return [24, 16, 8, 0].map(shift => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** The address `offset` places after the first one. */
export function hostOf(cidr: string, offset: number): string {
  return address(parse(cidr).first + offset);
}

/** `count` ranges within `pool`, next to each other, as large as fits but not larger than `/largest`. */
export function splitRange(pool: string, count: number, largest: number): readonly string[] {
  const { first, prefix } = parse(pool);
  const each = Math.max(prefixWithin(prefix, count), largest);
  return Array.from({ length: count }, (_, index) => rangeAt(first, each, index));
}

/** Of `pool` in `count` ranges, the one at `index`, from 0. */
export function partOf(pool: string, count: number, index: number): string {
  const { first, prefix } = parse(pool);
  return rangeAt(first, prefixWithin(prefix, count), index);
}

function prefixWithin(prefix: number, count: number): number {
  return prefix + Math.ceil(Math.log2(Math.max(count, 1)));
}

function rangeAt(first: number, prefix: number, index: number): string {
  return `${address(first + index * 2 ** (32 - prefix))}/${prefix}`;
}

/** Whether two ranges have an address in common. */
export function rangesMeet(one: string, other: string): boolean {
  const [a, b] = [parse(one), parse(other)];
  const shift = 2 ** (32 - Math.min(a.prefix, b.prefix));
  return Math.floor(a.first / shift) === Math.floor(b.first / shift);
}

/** Whether all addresses of a range are of another one. */
export function liesWithin(range: string, pool: string): boolean {
  return parse(range).prefix >= parse(pool).prefix && rangesMeet(range, pool);
}
