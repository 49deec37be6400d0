/**
 * What differs between clusters and is not worth an overlay: clusters/<name>/variables says it once, and kustomize puts
 * it into the fields that hold `${…}`. So the same files serve every tool of delivery, and none has to fill in text.
 */
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import type { Cluster } from '../../cluster-input.ts';
import { headline } from '../../headline.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { ModuleInput } from '../../module.ts';
import { kustomizeComponent } from './kustomization.ts';
import { NEVER_APPLIED, partsIn, replacementsFor, VALUES_MAP } from './replacements.ts';

const VARIABLES_FOLDER = 'delivery/variables';

/** Where clusters/<name>/variables says what its values are; `tofu output cluster_vars` puts out the same. */
export function clusterVariablesPath({ name }: Pick<Cluster, 'name'>): string {
  return `clusters/${name}/variables/cluster-vars.yaml`;
}

export function variableFiles(
  input: ModuleInput,
  objects: readonly KubernetesObject[],
  valuesOf: (cluster: Cluster) => Readonly<Record<string, string>>,
): FileTree {
  const says = 'Which field takes which value of the cluster; kustomize fills it in wherever this is named.';
  const parts = partsIn(objects);
  const component = kustomizeComponent({
    ...(parts === null ? {} : { resources: ['parts.yaml'] }),
    replacements: replacementsFor(objects, parts),
  });
  const files = new Map([
    [
      `${VARIABLES_FOLDER}/kustomization.yaml`,
      writeYaml([component], { comment: headline(input, 'topology', says) }),
    ],
  ]);
  if (parts !== null)
    files.set(
      `${VARIABLES_FOLDER}/parts.yaml`,
      writeYaml([parts], {
        comment: headline(
          input,
          'topology',
          'Pieces of longer texts, put together before they are filled in.',
        ),
      }),
    );
  for (const cluster of input.clusters) {
    const map = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { ...NEVER_APPLIED, name: VALUES_MAP },
      data: valuesOf(cluster),
    };
    files.set(
      clusterVariablesPath(cluster),
      writeYaml([map], {
        comment: headline(
          input,
          'topology',
          'What differs between clusters and is not worth an overlay; equals the output cluster_vars of the infrastructure. Never applied itself.',
        ),
      }),
    );
    files.set(
      `clusters/${cluster.name}/variables/kustomization.yaml`,
      writeYaml(
        [
          kustomizeComponent({
            resources: [`${VALUES_MAP}.yaml`],
            components: [`../../../${VARIABLES_FOLDER}`],
          }),
        ],
        { comment: headline(input, 'topology', `Fills in the values of the cluster ${cluster.name}.`) },
      ),
    );
  }
  return files;
}
