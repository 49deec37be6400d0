/** Twelve digits that name a state of the knowledge. */
import { createHash } from 'node:crypto';

/** Of any JSON data; the order of keys in objects is of no meaning. */
export function digestOf(data: unknown): string {
  return createHash('sha256').update(canonical(data)).digest('hex').slice(0, 12);
}

function canonical(data: unknown): string {
  if (Array.isArray(data)) return `[${data.map(canonical).join(',')}]`;
  if (typeof data !== 'object' || data === null) return JSON.stringify(data);
  const entries = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`).join(',')}}`;
}
