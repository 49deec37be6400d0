/** delivery/<layer>/<id>.yaml for a pipeline: which chart or which manifests, in which version. Read by scripts, never applied. */

import type { HelmValues } from '../../contribution.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { ModuleInput } from '../../module.ts';
import { chartOf } from '../../release.ts';
import type { Installed } from '../tree/delivered.ts';
import { API_VERSION } from './names.ts';

export interface ChartInstall extends KubernetesObject {
  readonly kind: 'Chart';
  readonly spec: {
    readonly chart: string;
    readonly repository: string;
    readonly version: string;
    readonly namespace: string;
    readonly crds: 'create-replace' | 'skip';
    readonly valuesFile?: string;
    /** What differs between clusters; kustomize fills it in. */
    readonly values?: HelmValues;
  };
}
export interface ManifestsInstall extends KubernetesObject {
  readonly kind: 'Manifests';
  readonly spec: { readonly repository: string; readonly tag: string; readonly path: string };
}

export function pushInstall(
  input: ModuleInput,
  { component, sharedValues, clusterValues }: Installed,
): readonly (ChartInstall | ManifestsInstall)[] {
  const { id, layer, chart, manifests } = component;
  const metadata = { name: id, labels: { step: layer } };
  if (manifests !== undefined)
    return [{ apiVersion: API_VERSION, kind: 'Manifests', metadata, spec: { ...manifests } }];
  if (chart === undefined) return [];
  const { name, version, repository } = chartOf(input, chart.release);
  return [
    {
      apiVersion: API_VERSION,
      kind: 'Chart',
      metadata,
      spec: {
        chart: name,
        repository,
        version,
        namespace: chart.namespace,
        crds: chart.crds,
        ...(sharedValues === null ? {} : { valuesFile: sharedValues }),
        ...(Object.keys(clusterValues).length === 0 ? {} : { values: clusterValues }),
      },
    },
  ];
}
