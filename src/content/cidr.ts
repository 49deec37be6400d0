/** IPv4 ranges in CIDR notation: reading them, and the arithmetic to talk about them. */

export interface Cidr {
  readonly text: string;
  /** First and last address as numbers. */
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}
export interface CidrProblem {
  readonly code: 'bad-cidr' | 'not-private' | 'reserved' | 'bad-size';
  readonly message: string;
  readonly help: string;
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map(trusted);
const RESERVED: readonly { readonly range: Cidr; readonly use: string }[] = [
  {
    range: trusted('169.254.0.0/16'),
    use: 'for link-local addresses, among them the metadata service of every cloud',
  },
  { range: trusted('192.0.2.0/24'), use: 'for documentation' },
  { range: trusted('198.51.100.0/24'), use: 'for documentation' },
  { range: trusted('203.0.113.0/24'), use: 'for documentation' },
  { range: trusted('127.0.0.0/8'), use: 'for the machine itself' },
  { range: trusted('224.0.0.0/3'), use: 'for multicast and experiments' },
  { range: trusted('0.0.0.0/8'), use: 'for this network' },
];
const LARGEST = 8;
const SMALLEST = 28;

/** A private range of usable size, or what is wrong with it. */
export function readCidr(text: string): Cidr | CidrProblem {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  const numbers = (match?.slice(1) ?? []).map(Number);
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = numbers;
  const wellFormed = match && [a, b, c, d].every(octet => octet <= 255) && prefix <= 32;
  if (!wellFormed || match.slice(1).some(part => /^0\d/.test(part))) {
    return { code: 'bad-cidr', message: 'is not an IPv4 range', help: 'Write it like 10.0.0.0/16.' };
  }
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const cidr = rangeOf(address, prefix);
  if (cidr.first !== address) {
    const message = `does not begin a range: /${prefix} ranges begin at multiples of ${size(cidr)} addresses`;
    return { code: 'bad-cidr', message, help: `The range around it is ${cidr.text}.` };
  }
  const reserved = RESERVED.find(({ range }) => overlaps(range, cidr));
  if (reserved) {
    const message = `lies in ${reserved.range.text}, which is reserved ${reserved.use}`;
    return { code: 'reserved', message, help: privateHelp() };
  }
  if (!PRIVATE.some(range => contains(range, cidr))) {
    return { code: 'not-private', message: `(${span(cidr)}) is not private`, help: privateHelp() };
  }
  if (prefix < LARGEST || prefix > SMALLEST) {
    const message = `holds ${size(cidr)} addresses`;
    return { code: 'bad-size', message, help: `Take a range from /${LARGEST} to /${SMALLEST}.` };
  }
  return cidr;
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** `10.0.0.0 to 10.0.255.255`. */
export function span(cidr: Cidr): string {
  return `${dotted(cidr.first)} to ${dotted(cidr.last)}`;
}

function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

function size(cidr: Cidr): string {
  return (cidr.last - cidr.first + 1).toLocaleString('en-GB');
}

function rangeOf(address: number, prefix: number): Cidr {
  const count = 2 ** (32 - prefix);
  const first = address - (address % count);
  return { text: `${dotted(first)}/${prefix}`, first, last: first + count - 1, prefix };
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.');
}

function privateHelp(): string {
  return `Take one within ${PRIVATE.map(({ text }) => text).join(', ')}.`;
}

function trusted(text: string): Cidr {
  const [address = '', prefix = ''] = text.split('/');
  const value = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return rangeOf(value, Number(prefix));
}
