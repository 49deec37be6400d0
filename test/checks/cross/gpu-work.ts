/** Work on GPUs: there is a pool that has them, the pod tolerates its taint, and something tells the scheduler of them. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, type Fields, list, podTemplate } from './fields.ts';

const GPU = 'nvidia.com/gpu';

export const gpuWork: CrossCheck = {
  code: 'gpu-work',
  says: 'Work that asks for a GPU finds a node that has one and that the scheduler knows of.',
  check: tree =>
    clustersIn(tree).flatMap(view =>
      view.objects.flatMap(object => {
        const pod = at(podTemplate(object), 'spec');
        return asksForGpu(pod) ? findingsOf(tree, view, object.metadata.name, pod as Fields) : [];
      }),
    ),
};

function asksForGpu(pod: unknown): boolean {
  return list(at(pod, 'containers')).some(
    container => at(container, 'resources', 'limits', GPU) !== undefined,
  );
}

function findingsOf(tree: FileTree, view: ClusterView, name: string, pod: Fields): readonly Finding[] {
  const found = (right: boolean, message: string) =>
    right ? [] : [{ code: 'gpu-work', place: `${view.name}: ${name}`, message }];
  const tolerated = list(pod.tolerations).map(({ key }) => key);
  const pool = at(pod, 'nodeSelector', 'node-pool');
  return [
    ...found(tolerated.includes(GPU), 'does not tolerate the taint of nodes with a GPU'),
    ...found(pool === undefined || hasPool(tree, view, String(pool)), `no pool is called ${String(pool)}`),
    ...found(
      !tree.has('infra/aks/cluster.tf') || tree.has('platform/nvidia-device-plugin/values.yaml'),
      'nothing says which node has a GPU',
    ),
  ];
}

function hasPool(tree: FileTree, view: ClusterView, pool: string): boolean {
  return (
    view.objects.some(
      ({ kind, spec }) =>
        kind === 'NodePool' && at(spec, 'template', 'metadata', 'labels', 'node-pool') === pool,
    ) ||
    [...tree].some(
      ([path, text]) =>
        /^infra\/(?:eks|aks|gke)\/[^/]+\.tf$/.test(path) && text.includes(`{ node-pool = "${pool}" }`),
    )
  );
}
