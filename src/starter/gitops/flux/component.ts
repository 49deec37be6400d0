/** A folder under platform/: where the chart or the manifests come from, the release, its values, its policies. */
import type { IHelmRelease } from '@kubernetes-models/flux-cd/helm.toolkit.fluxcd.io/v2';
import type { IKustomization } from '@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1';
import type {
  IGitRepository,
  IHelmRepository,
  IOCIRepository,
} from '@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1';
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import { headline } from '../../headline.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { Component, ModuleInput } from '../../module.ts';
import { chartOf } from '../../release.ts';
import { FLUX_NAMESPACE, kustomization, WATCHED } from './kinds.ts';

const INTERVAL = '1h';
const RETRY = { name: 'RetryOnFailure', retryInterval: '2m' } as const;

export function componentFiles(
  input: ModuleInput,
  component: Component,
  policies: readonly KubernetesObject[],
): FileTree {
  const { id, chart, manifests, objects = {} } = component;
  const documents: [string, readonly KubernetesObject[]][] = [];
  if (manifests !== undefined) {
    documents.push(
      ['source', [gitSource(id, manifests)]],
      ['release', [manifestRelease(id, manifests.path)]],
    );
  }
  const hasValues = chart !== undefined && Object.keys(chart.values).length > 0;
  if (chart !== undefined) {
    const { name, version, repository } = chartOf(input, chart.release);
    const isOci = repository.startsWith('oci://');
    documents.push(
      ['source', [isOci ? ociSource(id, `${repository}/${name}`, version) : helmSource(id, repository)]],
      ['release', [chartRelease(component, chart, { name, version, isOci, hasValues })]],
    );
  }
  documents.push(...Object.entries(objects));
  if (policies.length > 0) documents.push(['network-policies', policies]);

  const folder = `platform/${id}`;
  const comment = headline(input, component.decision, component.says);
  const files = documents.map(
    ([name, list]) => [`${folder}/${name}.yaml`, writeYaml(list, { comment })] as const,
  );
  if (hasValues) {
    const says = `Values of the chart; every path of them is one that the chart knows.`;
    files.push([
      `${folder}/values.yaml`,
      writeYaml([chart.values], { comment: headline(input, component.decision, says) }),
    ]);
  }
  const index = kustomization(
    documents.map(([name]) => `${name}.yaml`),
    hasValues
      ? {
          configMapGenerator: [
            {
              name: valuesName(id),
              namespace: FLUX_NAMESPACE,
              files: ['values.yaml'],
              options: { disableNameSuffixHash: true, labels: WATCHED },
            },
          ],
        }
      : {},
  );
  return new Map([...files, [`${folder}/kustomization.yaml`, writeYaml([index], { comment })]]);
}

const valuesName = (id: string) => `${id}-values`;

function ociSource(name: string, url: string, tag: string): IOCIRepository {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'OCIRepository',
    metadata: { name, namespace: FLUX_NAMESPACE },
    spec: {
      interval: INTERVAL,
      url,
      layerSelector: {
        mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
        operation: 'copy',
      },
      ref: { tag },
    },
  };
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
): IGitRepository {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name, namespace: FLUX_NAMESPACE },
    spec: { interval: INTERVAL, url: repository, ref: { tag }, sparseCheckout: [path] },
  };
}

function manifestRelease(name: string, path: string): IKustomization {
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
      path: `./${path}`,
      serviceAccountName: 'kustomize-controller',
      sourceRef: { kind: 'GitRepository', name },
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
    readonly hasValues: boolean;
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
      ...(chart.hasValues
        ? { valuesFrom: [{ kind: 'ConfigMap', name: valuesName(id), valuesKey: 'values.yaml' }] }
        : {}),
    },
  };
}
