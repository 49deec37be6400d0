/** delivery/<layer>/<id>.yaml for Flux: where the chart or the manifests come from, and their release. */
import type { IHelmRelease } from '@kubernetes-models/flux-cd/helm.toolkit.fluxcd.io/v2';
import type { IKustomization } from '@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1';
import type {
  IGitRepository,
  IHelmRepository,
  IOCIRepository,
} from '@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1';
import type { Component, HelmValues } from '../../contribution.ts';
import {
  isClosedByHouse,
  isClosedInCloud,
  manifestsWithin,
  signsInAs,
} from '../../egress/no-egress/closed.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { ModuleInput } from '../../module.ts';
import type { Charted, VersionPlace } from '../../promotion/folder-per-environment.ts';
import { chartOf } from '../../release.ts';
import type { Installed } from '../tree/delivered.ts';
import type { ConfigMapOfFiles } from '../tree/kustomization.ts';
import { FLUX_NAMESPACE, WATCHED } from './kinds.ts';
import { GIT_AUTHORITY, REGISTRY_AUTHORITY } from './source.ts';

const INTERVAL = '1h';
const RETRY = { name: 'RetryOnFailure', retryInterval: '2m' } as const;

/** How Flux installs a component: the source, and what makes something of it. */
export function fluxInstall(
  input: ModuleInput,
  { component, sharedValues, clusterValues }: Installed,
): readonly KubernetesObject[] {
  const { id, chart, manifests } = component;
  if (manifests !== undefined) {
    if (isClosedInCloud(input))
      return [
        artifactSource(input, id, manifestsWithin(id), manifests.tag),
        manifestRelease(id, { kind: 'OCIRepository', path: '' }),
      ];
    const source = gitSource(id, manifests, isClosedByHouse(input) ? GIT_AUTHORITY : null);
    return [source, manifestRelease(id, { kind: 'GitRepository', path: manifests.path })];
  }
  if (chart === undefined) return [];
  const { name, version, repository } = chartOf(input, chart.release);
  const isOci = repository.startsWith('oci://');
  return [
    isOci ? ociSource(input, id, `${repository}/${name}`, version) : helmSource(id, repository),
    chartRelease(component, chart, { name, version, isOci, sharedValues, clusterValues }),
  ];
}

const OCI_SOURCE = { group: 'source.toolkit.fluxcd.io', version: 'v1', kind: 'OCIRepository' } as const;
/** The object that a chart is installed by. */
export const RELEASE = { group: 'helm.toolkit.fluxcd.io', version: 'v2', kind: 'HelmRelease' } as const;

/** Where one cluster is told another version of a chart than the others. */
export function fluxVersion(
  input: ModuleInput,
  { id, layer, chart }: Charted,
  clusterFolder: string,
): VersionPlace {
  const folder = `${clusterFolder}/${layer}`;
  return chartOf(input, chart.release).repository.startsWith('oci://')
    ? { folder, target: { ...OCI_SOURCE, name: id }, path: '/spec/ref/tag' }
    : { folder, target: { ...RELEASE, name: id }, path: '/spec/chart/spec/version' };
}

/** Values come to Flux in a ConfigMap; a change of it is seen at once. */
export function valuesMaps(installed: readonly Installed[]): readonly ConfigMapOfFiles[] {
  return installed.flatMap(({ component: { id }, sharedValues }) =>
    sharedValues === null
      ? []
      : [
          {
            name: valuesName(id),
            namespace: FLUX_NAMESPACE,
            files: [`values.yaml=../../${sharedValues}`],
            options: { disableNameSuffixHash: true, labels: WATCHED },
          },
        ],
  );
}

const valuesName = (id: string) => `${id}-values`;

function ociSource(input: ModuleInput, name: string, url: string, tag: string): IOCIRepository {
  const source = artifactSource(input, name, url, tag);
  const { interval, url: from, ...rest } = source.spec;
  return {
    ...source,
    spec: {
      interval,
      url: from,
      layerSelector: {
        mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
        operation: 'copy',
      },
      ...rest,
    },
  };
}

function artifactSource(input: ModuleInput, name: string, url: string, tag: string) {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'OCIRepository',
    metadata: { name, namespace: FLUX_NAMESPACE },
    spec: {
      interval: INTERVAL,
      url,
      ref: { tag },
      ...(isClosedByHouse(input) ? { certSecretRef: { name: REGISTRY_AUTHORITY } } : {}),
      ...(isClosedInCloud(input) ? { provider: signsInAs(input) } : {}),
    },
  } satisfies IOCIRepository;
}

function helmSource(name: string, url: string): IHelmRepository {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'HelmRepository',
    metadata: { name, namespace: FLUX_NAMESPACE },
    spec: { interval: INTERVAL, url },
  };
}

function gitSource(
  name: string,
  { repository, tag, path }: NonNullable<Component['manifests']>,
  authority: string | null,
): IGitRepository {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name, namespace: FLUX_NAMESPACE },
    spec: {
      interval: INTERVAL,
      url: repository,
      ref: { tag },
      sparseCheckout: [path],
      ...(authority === null ? {} : { secretRef: { name: authority } }),
    },
  };
}

function manifestRelease(
  name: string,
  source: { readonly kind: 'GitRepository' | 'OCIRepository'; readonly path: string },
): IKustomization {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: FLUX_NAMESPACE },
    spec: {
      interval: INTERVAL,
      retryInterval: '2m',
      timeout: '5m',
      // Deleting a CRD deletes every object of its kind.
      prune: false,
      wait: true,
      path: `./${source.path}`,
      serviceAccountName: 'kustomize-controller',
      sourceRef: { kind: source.kind, name },
    },
  };
}

function chartRelease(
  { id }: Component,
  { namespace, crds }: NonNullable<Component['chart']>,
  chart: {
    readonly name: string;
    readonly version: string;
    readonly isOci: boolean;
    readonly sharedValues: string | null;
    readonly clusterValues: HelmValues;
  },
): IHelmRelease {
  const crdPolicy = crds === 'create-replace' ? 'CreateReplace' : 'Skip';
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: id, namespace: FLUX_NAMESPACE },
    spec: {
      interval: INTERVAL,
      timeout: '10m',
      releaseName: id,
      targetNamespace: namespace,
      storageNamespace: namespace,
      serviceAccountName: 'helm-controller',
      ...(chart.isOci
        ? { chartRef: { kind: 'OCIRepository', name: id } }
        : {
            chart: {
              spec: {
                chart: chart.name,
                version: chart.version,
                interval: INTERVAL,
                sourceRef: { kind: 'HelmRepository', name: id },
              },
            },
          }),
      install: { crds: crdPolicy, strategy: RETRY },
      upgrade: { crds: crdPolicy, strategy: RETRY },
      driftDetection: {
        mode: 'enabled',
        ignore: [{ paths: ['/spec/replicas'], target: { kind: 'Deployment' } }],
      },
      ...(chart.sharedValues === null
        ? {}
        : { valuesFrom: [{ kind: 'ConfigMap', name: valuesName(id), valuesKey: 'values.yaml' }] }),
      ...(Object.keys(chart.clusterValues).length === 0 ? {} : { values: { ...chart.clusterValues } }),
    },
  };
}
