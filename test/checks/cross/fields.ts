/** Fields of objects as plain data, read without knowing their kind's type. */
import type { ManifestObject } from '../yaml-files.ts';

export type Fields = Readonly<Record<string, unknown>>;
export type Labels = Readonly<Record<string, string>>;

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
export function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}
/** The value at a path of keys. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((holder, key) => fields(holder)[key], value);
}

/** The pod template of whatever makes pods; null for all other kinds. */
export function podTemplate({ kind, spec }: ManifestObject): Fields | null {
  if (['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'].includes(kind))
    return fields(at(spec, 'template'));
  if (kind === 'CronJob') return fields(at(spec, 'jobTemplate', 'spec', 'template'));
  return null;
}
export function labelsOf(template: Fields): Labels {
  return fields(at(template, 'metadata', 'labels')) as Labels;
}

/** True where a selector's `matchLabels` are all among the labels; expressions are not read here. */
export function selects(selector: unknown, labels: Labels): boolean {
  return Object.entries(fields(at(selector, 'matchLabels'))).every(([key, value]) => labels[key] === value);
}
