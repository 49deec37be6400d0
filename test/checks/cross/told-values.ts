/** What a chart is told in one cluster beside its file of values, in the form of whichever tool delivers it. */
import type { ClusterView } from '../clusters.ts';
import type { ManifestObject } from '../yaml-files.ts';
import { at, list } from './fields.ts';

export function toldValues({ objects, own }: ClusterView, name: string): unknown {
  return [...objects, ...own].filter(({ metadata }) => metadata.name === name).flatMap(valuesOf)[0];
}

function valuesOf({ kind, spec }: ManifestObject): readonly unknown[] {
  if (kind === 'HelmRelease' || kind === 'Chart') return [at(spec, 'values')];
  return kind === 'Application'
    ? list(at(spec, 'sources')).flatMap(source => at(source, 'helm', 'valuesObject') ?? [])
    : [];
}
