/** clusters/<name>/: the order of delivery as Kustomizations of Flux, each of which waits until it is ready. */
import type { IKustomization } from '@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1';
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import { headline } from '../../headline.ts';
import { type Cluster, LAYERS, type ModuleInput } from '../../module.ts';
import type { Workplace } from '../delivery.ts';
import { fluxInstance } from './instance.ts';
import { CLUSTER_VARIABLES, FLUX_NAMESPACE, kustomization, WATCHED } from './kinds.ts';

interface Step {
  readonly name: string;
  readonly path: string;
  readonly dependsOn: readonly string[];
  readonly says: string;
  /** What is removed from Git is removed from the cluster; not so for kinds, which would take their objects along. */
  readonly prune: boolean;
}

/** Layers without any component are left out, and what depends on them depends on what they depended on. */
export function steps({ components, apps, config }: Workplace, cluster: Cluster): readonly Step[] {
  const all: readonly (Step & { readonly present: boolean })[] = [
    step(
      'crds',
      './platform/layers/crds',
      [],
      'Kinds first: an object whose kind is unknown stops its whole step.',
      false,
    ),
    step(
      'namespaces',
      './platform/namespaces',
      ['crds'],
      'Namespaces with Pod Security and default-deny, before anything runs in them.',
      true,
    ),
    step(
      'platform-core',
      './platform/layers/platform-core',
      ['namespaces'],
      'What everything else needs: certificates, storage, Flux itself.',
      true,
    ),
    step('platform-net', './platform/layers/platform-net', ['platform-core'], 'The way in.', true),
    step(
      'platform-obs',
      './platform/layers/platform-obs',
      ['platform-core'],
      'Metrics and alerts; does not wait for the way in, so that its failure is seen.',
      true,
    ),
    step(
      'platform-config',
      `./platform-config/${cluster.name}`,
      ['platform-net', 'platform-obs'],
      'Objects whose kinds and webhooks the layers before have brought.',
      true,
    ),
    step('apps', `./apps/${cluster.name}`, ['platform-config'], 'Workloads.', true),
  ].map(each => ({ ...each, present: isPresent(each.name) }));

  function isPresent(name: string): boolean {
    if (name === 'apps') return apps.length > 0;
    if (name === 'platform-config') return config.length > 0;
    return name === 'namespaces' || components.some(({ layer }) => layer === name);
  }
  function present(names: readonly string[]): readonly string[] {
    return [
      ...new Set(
        names.flatMap(name => {
          const found = all.find(each => each.name === name);
          return found === undefined || found.present ? [name] : present(found.dependsOn);
        }),
      ),
    ];
  }
  return all
    .filter(each => each.present)
    .map(({ present: _, ...each }) => ({ ...each, dependsOn: present(each.dependsOn) }));
}

function step(name: string, path: string, dependsOn: readonly string[], says: string, prune: boolean): Step {
  return { name, path, dependsOn, says, prune };
}

/** `tree` holds the folders that the steps point at: a step fills in variables where its folder has any. */
export function clusterFiles(input: ModuleInput, workplace: Workplace, tree: FileTree): FileTree {
  return new Map(input.clusters.flatMap(cluster => [...filesOf(input, workplace, cluster, tree)]));
}

function filesOf(input: ModuleInput, workplace: Workplace, cluster: Cluster, tree: FileTree): FileTree {
  const folder = `clusters/${cluster.name}`;
  const files = new Map<string, string>();
  for (const each of steps(workplace, cluster)) {
    const object = fluxKustomization(each, hasVariables(each, workplace, tree));
    files.set(
      `${folder}/${each.name}.yaml`,
      writeYaml([object], { comment: headline(input, 'gitops', each.says) }),
    );
  }
  const variables = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: CLUSTER_VARIABLES, namespace: FLUX_NAMESPACE, labels: WATCHED },
    data: workplace.variables(cluster),
  };
  const says = `What differs between clusters and is not worth an overlay; equals the output cluster_vars of the infrastructure.`;
  files.set(
    `${folder}/cluster-vars.yaml`,
    writeYaml([variables], { comment: headline(input, 'topology', says) }),
  );
  files.set(
    `${folder}/flux-instance.yaml`,
    writeYaml([fluxInstance(input, cluster)], {
      comment: headline(
        input,
        'gitops',
        'Flux itself, applied once by scripts/bootstrap.sh and from then on by Flux.',
      ),
    }),
  );
  const names = [...files.keys()].map(path => path.slice(folder.length + 1)).sort();
  files.set(
    `${folder}/kustomization.yaml`,
    writeYaml([kustomization(names)], {
      comment: headline(input, 'topology', `All that the cluster ${cluster.name} is made of.`),
    }),
  );
  return files;
}

function hasVariables({ name, path }: Step, { components }: Workplace, tree: FileTree): boolean {
  const layer = LAYERS.find(each => each === name);
  const folders =
    layer === undefined
      ? [`${path.slice(2)}/`, ...(name === 'platform-config' || name === 'apps' ? [`${name}/base/`] : [])]
      : components.filter(each => each.layer === layer).map(({ id }) => `platform/${id}/`);
  return [...tree].some(
    ([file, text]) => folders.some(folder => file.startsWith(folder)) && /\$\{[A-Z_]+\}/.test(text),
  );
}

function fluxKustomization({ name, path, dependsOn, prune }: Step, variables: boolean): IKustomization {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: FLUX_NAMESPACE },
    spec: {
      interval: '1h',
      retryInterval: '2m',
      timeout: '15m',
      prune,
      wait: true,
      path,
      serviceAccountName: 'kustomize-controller',
      sourceRef: { kind: 'GitRepository', name: FLUX_NAMESPACE },
      ...(dependsOn.length === 0 ? {} : { dependsOn: dependsOn.map(each => ({ name: each })) }),
      ...(variables
        ? { postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: CLUSTER_VARIABLES }] } }
        : {}),
    },
  };
}
