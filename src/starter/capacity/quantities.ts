/** Quantities of Kubernetes as plain numbers. */

/** `250m` and `0.25` as 250. */
export function millicores(quantity: unknown): number {
  const text = String(quantity ?? '0');
  return text.endsWith('m') ? Number(text.slice(0, -1)) : Number(text) * 1000;
}

const UNITS: Readonly<Record<string, number>> = { Ki: 1 / 1024, Mi: 1, Gi: 1024, Ti: 1024 * 1024 };

/** `1Gi` as 1024; a plain number counts bytes. */
export function mebibytes(quantity: unknown): number {
  const text = String(quantity ?? '0');
  const unit = UNITS[text.slice(-2)];
  return unit === undefined ? Number(text) / (1024 * 1024) : Number(text.slice(0, -2)) * unit;
}
