/** Applications: one for each chart, and one for the objects of each step of a cluster. */
import type { IApplication } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1';
import type { Cluster } from '../../cluster-input.ts';
import type { Component } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { followedBranch } from '../../promotion/gate.ts';
import { chartOf } from '../../release.ts';
import type { Workplace } from '../delivery.ts';
import type { Installed } from '../tree/delivered.ts';
import type { Step } from '../tree/steps.ts';
import { ARGO_NAMESPACE, gitUrl, IN_CLUSTER, PROJECTS, placeOf, READS_THIS, WAVE, waveOf } from './names.ts';

type Source = NonNullable<IApplication['spec']['sources']>[number];

/** Removing a component removes what it is made of. Kinds stay: they would take their objects along. */
const CASCADE = ['resources-finalizer.argocd.argoproj.io'];
const BRANCH = 'main';

export function installApplication(
  input: ModuleInput,
  { component, sharedValues, clusterValues }: Installed,
): IApplication {
  const { id, layer, chart, manifests } = component;
  const sources: Source[] = [];
  if (manifests !== undefined)
    sources.push({ repoURL: manifests.repository, targetRevision: manifests.tag, path: manifests.path });
  if (chart !== undefined) sources.push(chartSource(input, component, sharedValues, clusterValues));
  if (sharedValues !== null) sources.push({ repoURL: gitUrl(input), targetRevision: BRANCH, ref: 'values' });
  return application({
    name: id,
    wave: waveOf({ name: layer }, 'charts'),
    project: PROJECTS.platform,
    namespace: chart?.namespace ?? ARGO_NAMESPACE,
    sources,
    readsThis: sharedValues === null ? {} : READS_THIS,
    keep: layer === 'crds',
  });
}

function chartSource(
  input: ModuleInput,
  { id, chart }: Component,
  sharedValues: string | null,
  clusterValues: Installed['clusterValues'],
): Source {
  if (chart === undefined) throw new Error(`${id} has no chart`);
  const { name, version, repository } = chartOf(input, chart.release);
  return {
    repoURL: repository.replace(/^oci:\/\//, ''),
    chart: name,
    targetRevision: version,
    helm: {
      releaseName: id,
      ...(chart.crds === 'skip' ? { skipCrds: true } : {}),
      ...(sharedValues === null ? {} : { valueFiles: [`$values/${sharedValues}`] }),
      ...(Object.keys(clusterValues).length === 0 ? {} : { valuesObject: { ...clusterValues } }),
    },
  };
}

/** The objects of a step: those beside its charts, or the whole step where it has none. */
export function stepApplication(input: ModuleInput, workplace: Workplace, step: Step): IApplication {
  return application({
    name: step.name,
    wave: waveOf(step, 'objects'),
    ...placeOf(workplace, step),
    sources: [{ repoURL: gitUrl(input), targetRevision: BRANCH, path: step.path }],
    readsThis: READS_THIS,
    keep: !step.prune || step.name === 'namespaces',
  });
}

/** The root is applied by scripts/bootstrap.sh and by nobody else: a root that was its own child would wait for itself. */
export function rootApplication(input: ModuleInput, cluster: Cluster): IApplication {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'root', namespace: ARGO_NAMESPACE },
    spec: {
      project: PROJECTS.root,
      destination: { server: IN_CLUSTER, namespace: ARGO_NAMESPACE },
      source: {
        repoURL: gitUrl(input),
        targetRevision: followedBranch(input, cluster),
        path: `clusters/${cluster.name}`,
        kustomize: {
          // The commit that the root stands at, for clusters/<name>/kustomization.yaml to hand on.
          commonAnnotations: { revision: '$ARGOCD_APP_REVISION' },
          commonAnnotationsEnvsubst: true,
          forceCommonAnnotations: true,
        },
      },
      syncPolicy: syncPolicy('prune'),
    },
  };
}

interface Child {
  readonly name: string;
  readonly wave: string;
  readonly project: string;
  readonly namespace: string;
  readonly sources: readonly Source[];
  readonly readsThis: Readonly<Record<string, string>>;
  readonly keep: boolean;
}

function application({ name, wave, project, namespace, sources, readsThis, keep }: Child): IApplication {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name,
      namespace: ARGO_NAMESPACE,
      annotations: { [WAVE]: wave },
      ...(Object.keys(readsThis).length === 0 ? {} : { labels: { ...readsThis } }),
      ...(keep ? {} : { finalizers: CASCADE }),
    },
    spec: {
      project,
      destination: { server: IN_CLUSTER, namespace },
      sources: [...sources],
      syncPolicy: syncPolicy(keep && name !== 'namespaces' ? 'keep' : 'prune'),
    },
  };
}

function syncPolicy(removed: 'prune' | 'keep'): NonNullable<IApplication['spec']['syncPolicy']> {
  return {
    automated: { prune: removed === 'prune', selfHeal: true },
    // Without a limit: a webhook that is not there yet is no reason to give up.
    retry: { limit: -1, backoff: { duration: '15s', factor: 2, maxDuration: '5m' } },
    syncOptions: ['ServerSideApply=true', 'CreateNamespace=false', 'RespectIgnoreDifferences=true'],
  };
}
