/** The charts that a cluster is given, with the values that they get. */
import { parse } from 'yaml';
import type { KubernetesObject } from '../render.ts';
import { mergeValues } from './chart.ts';

export interface Release {
  readonly name: string;
  readonly chart: string;
  readonly version: string;
  readonly values: Readonly<Record<string, unknown>>;
}

interface HelmRelease {
  readonly chartRef?: { readonly kind: string; readonly name: string };
  readonly chart?: { readonly spec: { readonly chart: string; readonly version?: string } };
  readonly values?: Readonly<Record<string, unknown>>;
  readonly valuesFrom?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly valuesKey?: string;
  }[];
}
interface OciRepository {
  readonly url: string;
  readonly ref?: { readonly tag?: string; readonly semver?: string };
}

interface ArgoSource {
  readonly repoURL: string;
  readonly chart?: string;
  readonly targetRevision: string;
  readonly helm?: {
    readonly valueFiles?: readonly string[];
    readonly valuesObject?: Readonly<Record<string, unknown>>;
  };
}

/** What a pipeline installs. */
interface PushedChart {
  readonly chart: string;
  readonly repository: string;
  readonly version: string;
  readonly valuesFile?: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

export function releasesIn(
  objects: readonly KubernetesObject[],
  valueFiles: ReadonlyMap<string, string>,
): readonly Release[] {
  return objects.flatMap(object => {
    if (object.kind === 'Application') return argoReleases(object, valueFiles);
    if (object.kind === 'Chart' && object.apiVersion.startsWith('delivery.platform/'))
      return [pushedRelease(object, valueFiles)];
    const isRelease =
      object.kind === 'HelmRelease' && object.apiVersion.startsWith('helm.toolkit.fluxcd.io/');
    return isRelease ? [fluxRelease(object, objects)] : [];
  });
}

function fluxRelease({ metadata, spec }: KubernetesObject, objects: readonly KubernetesObject[]): Release {
  const release = spec as HelmRelease;
  return {
    name: metadata.name,
    ...chartOf(release, objects),
    values: mergeValues(fromMaps(release, objects), release.values ?? {}),
  };
}

/** `$values` is the repository itself. */
function argoReleases(
  { metadata, spec }: KubernetesObject,
  valueFiles: ReadonlyMap<string, string>,
): readonly Release[] {
  const { sources = [] } = (spec ?? {}) as { readonly sources?: readonly ArgoSource[] };
  return sources.flatMap(({ repoURL, chart, targetRevision, helm }) => {
    if (chart === undefined) return [];
    const shared = (helm?.valueFiles ?? []).reduce<Record<string, unknown>>((values, file) => {
      const text = valueFiles.get(file.replace(/^\$values\//, '')) ?? '';
      return mergeValues(values, parse(text, { version: '1.1' }) ?? {});
    }, {});
    return [
      {
        name: metadata.name,
        chart: repoURL.startsWith('https://') ? chart : `oci://${repoURL}/${chart}`,
        version: targetRevision,
        values: mergeValues(shared, helm?.valuesObject ?? {}),
      },
    ];
  });
}

function pushedRelease(
  { metadata, spec }: KubernetesObject,
  valueFiles: ReadonlyMap<string, string>,
): Release {
  const { chart, repository, version, valuesFile = '', values = {} } = spec as PushedChart;
  const shared = parse(valueFiles.get(valuesFile) ?? '', { version: '1.1' }) ?? {};
  return {
    name: metadata.name,
    chart: repository.startsWith('https://') ? chart : `${repository}/${chart}`,
    version,
    values: mergeValues(shared, values),
  };
}

function chartOf(
  { chart, chartRef }: HelmRelease,
  objects: readonly KubernetesObject[],
): { readonly chart: string; readonly version: string } {
  if (chart !== undefined) return { chart: chart.spec.chart, version: chart.spec.version ?? '' };
  const source = objects.find(
    ({ kind, metadata }) => kind === chartRef?.kind && metadata.name === chartRef.name,
  );
  const { url = '', ref } = (source?.spec ?? {}) as Partial<OciRepository>;
  return { chart: url, version: ref?.tag ?? ref?.semver ?? '' };
}

function fromMaps(
  { valuesFrom = [] }: HelmRelease,
  objects: readonly KubernetesObject[],
): Record<string, unknown> {
  return valuesFrom.reduce<Record<string, unknown>>((values, { kind, name, valuesKey = 'values.yaml' }) => {
    const map = objects.find(object => object.kind === kind && object.metadata.name === name);
    const text = map?.data?.[valuesKey];
    return text === undefined ? values : mergeValues(values, parse(text, { version: '1.1' }) ?? {});
  }, {});
}
