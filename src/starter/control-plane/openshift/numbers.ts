/** Numbers that pods run as: OpenShift gives each namespace its own range, and refuses any other. */

const NUMBERS: readonly string[] = ['runAsUser', 'runAsGroup', 'fsGroup'];

export function unnumbered<T>(value: T): T {
  if (Array.isArray(value)) return value.map(unnumbered) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !NUMBERS.includes(key))
      .map(([key, each]) => [key, unnumbered(each)]),
  ) as T;
}
