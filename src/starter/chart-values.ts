/** Adding to the values of a chart what its module does not know of. */
import type { HelmValues } from './contribution.ts';

/** The value at a path, made of what stands there. */
export function changedAt(values: HelmValues, path: string, change: (there: unknown) => unknown): HelmValues {
  const [key = '', ...rest] = path.split('.');
  const there = values[key];
  const changed = rest.length === 0 ? change(there) : changedAt(mapOf(there), rest.join('.'), change);
  return { ...values, [key]: changed };
}

export function appended(values: HelmValues, path: string, entries: readonly unknown[]): HelmValues {
  return changedAt(values, path, there => [...(Array.isArray(there) ? there : []), ...entries]);
}

export function mapOf(value: unknown): HelmValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as HelmValues) : {};
}
