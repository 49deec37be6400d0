/** clusters/<name>/: what is installed in this cluster, and in which order its steps are taken. */
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import type { Cluster } from '../../cluster-input.ts';
import type { Layer } from '../../contribution.ts';
import { headline } from '../../headline.ts';
import type { ModuleInput } from '../../module.ts';
import type { PipelineIdentity } from '../../pipeline-access.ts';
import type { Workplace } from '../delivery.ts';
import { hasInstalls, installedIn, stepResources, valuesPatches } from '../tree/delivered.ts';
import { kustomization } from '../tree/kustomization.ts';
import { layerOf, type Step, steps } from '../tree/steps.ts';
import { ACCESS, stepsPath, VALUES_PLACE } from './names.ts';

/** One line of clusters/<name>/steps.yaml: taken only when all before it are ready. */
export interface OrderedStep {
  readonly name: string;
  readonly by: Extract<PipelineIdentity, 'platform' | 'apps'>;
  /** The folder with its objects; absent where it has none. */
  readonly path?: string;
  /** What falls out of Git is removed from the cluster. */
  readonly prune: boolean;
  /** How long it may take until it is ready. */
  readonly wait: string;
  /** Files of delivery/ by name, in order. */
  readonly installs: readonly string[];
}

const APART = { installs: 'apart' } as const;

export function orderFiles(input: ModuleInput, workplace: Workplace): FileTree {
  return new Map(input.clusters.flatMap(cluster => [...clusterFiles(input, workplace, cluster)]));
}

function clusterFiles(input: ModuleInput, workplace: Workplace, cluster: Cluster): FileTree {
  const folder = `clusters/${cluster.name}`;
  const all = steps(workplace, cluster);
  const layers = all.flatMap((step): readonly Layer[] => {
    const layer = layerOf(step);
    return layer !== null && hasInstalls(workplace, layer) ? [layer] : [];
  });
  const patches = valuesPatches(workplace, cluster, layers, { values: VALUES_PLACE });
  const installs = kustomization(
    layers.map(layer => `../../delivery/${layer}`),
    { components: ['./variables'], ...(patches.length === 0 ? {} : { patches }) },
  );
  const access = kustomization([`../../../${ACCESS}`], { components: ['../variables'] });
  const file = (path: string, decision: string, says: string, content: unknown) =>
    [path, writeYaml([content], { comment: headline(input, decision, says) })] as const;
  return new Map([
    file(
      `${folder}/kustomization.yaml`,
      'topology',
      `Charts and manifests of others with the values of the cluster ${cluster.name}; scripts/deliver.sh reads it, nothing applies it.`,
      installs,
    ),
    file(
      `${folder}/access/kustomization.yaml`,
      'gitops',
      `What the pipeline may do in the cluster ${cluster.name}.`,
      access,
    ),
    file(
      stepsPath(cluster),
      'gitops',
      'The order of delivery: a step begins when everything before it is ready.',
      { steps: all.flatMap(step => ordered(workplace, cluster, step)) },
    ),
  ]);
}

/** Rights come right after the namespaces that they are given in. */
function ordered(workplace: Workplace, cluster: Cluster, step: Step): readonly OrderedStep[] {
  const layer = layerOf(step);
  const hasFolder = layer === null || stepResources(workplace, step, APART).length > 0;
  const installs = installedIn(workplace)
    .filter(({ component }) => component.layer === layer)
    .map(({ component }) => component.id);
  const own: OrderedStep = {
    name: step.name,
    by: step.name === 'apps' ? 'apps' : 'platform',
    ...(hasFolder ? { path: step.path } : {}),
    prune: step.prune && step.name !== 'namespaces',
    wait: '15m',
    installs,
  };
  if (step.name !== 'namespaces') return [own];
  const path = `clusters/${cluster.name}/access`;
  return [own, { name: 'access', by: 'platform', path, prune: true, wait: '1m', installs: [] }];
}
