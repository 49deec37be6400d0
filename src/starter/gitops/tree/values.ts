/** Values of a chart, divided into those that all clusters share and those that differ between them. */
import type { HelmValues } from '../../contribution.ts';

export interface DividedValues {
  /** platform/<id>/values.yaml. */
  readonly shared: HelmValues;
  /** Written where the chart is installed, with variables of the cluster in them. */
  readonly perCluster: HelmValues;
}

const known = new WeakMap<HelmValues, DividedValues>();

/** Asked where a chart's values are written, where it is installed, and for each cluster. */
export function dividedValues(values: HelmValues): DividedValues {
  const found = known.get(values) ?? divided(values);
  known.set(values, found);
  return found;
}

/** A list is replaced by Helm and not merged, so it goes whole to one side. */
function divided(values: HelmValues): DividedValues {
  const shared: Record<string, unknown> = {};
  const perCluster: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    if (!isMap(value)) (hasVariable(value) ? perCluster : shared)[key] = value;
    else {
      const below = divided(value);
      const differs = Object.keys(below.perCluster).length > 0;
      if (!differs || Object.keys(below.shared).length > 0) shared[key] = below.shared;
      if (differs) perCluster[key] = below.perCluster;
    }
  }
  return { shared, perCluster };
}

function hasVariable(value: unknown): boolean {
  if (typeof value === 'string') return /\$\{[A-Z_]+\}/.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasVariable);
}

export function isMap(value: unknown): value is HelmValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
