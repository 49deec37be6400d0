/** Everything that is delivered, in the form that all tools share, with what one tool adds to it. */
import { type FileTree, mergeTrees } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import type { Cluster } from '../../cluster-input.ts';
import { type Component, type HelmValues, LAYERS, type Layer, type Patch } from '../../contribution.ts';
import { headline } from '../../headline.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { ModuleInput } from '../../module.ts';
import type { Workplace } from '../delivery.ts';
import { folderFiles, folderObjects } from './folders.ts';
import {
  annotating,
  type ConfigMapOfFiles,
  kustomization,
  type WrittenPatch,
  writtenPatch,
} from './kustomization.ts';
import {
  componentObjects,
  hasObjects,
  namespaceWithPolicies,
  platformFiles,
  sharedValuesFile,
} from './platform.ts';
import { layerOf, type Step, steps } from './steps.ts';
import { dividedValues, isMap } from './values.ts';
import { variableFiles } from './variables.ts';

/** A component that is installed from somewhere else: a chart, or manifests of another repository. */
export interface Installed {
  readonly component: Component;
  /** The file of the values that all clusters share; null where there are none. */
  readonly sharedValues: string | null;
  /** With variables of the cluster in them; empty where nothing differs. */
  readonly clusterValues: HelmValues;
}

/** What one tool of delivery makes of it. */
export interface Form {
  /** delivery/<layer>/<id>.yaml: how a component is installed. */
  readonly install: (installed: Installed) => readonly KubernetesObject[];
  /** Files of a layer that its objects refer to. */
  readonly configMaps: (installed: readonly Installed[]) => readonly ConfigMapOfFiles[];
  /** Where delivery/<layer> is read: along with the objects of its step, or by itself. */
  readonly installs: 'within-step' | 'apart';
  /** The object that a chart is installed by, and where in it values stand. */
  readonly values: { readonly target: Omit<Patch['target'], 'name'>; readonly path: string };
  /** Annotations of what Git alone must never delete. */
  readonly keep: Readonly<Record<string, string>>;
  /** Objects of the tool itself that lie elsewhere and may hold variables of the cluster. */
  readonly more?: readonly KubernetesObject[];
}

export function installedIn({ components }: Workplace): readonly Installed[] {
  return components.filter(isInstalled).map(component => {
    const { shared, perCluster } = dividedValues(component.chart?.values ?? {});
    return {
      component,
      sharedValues: Object.keys(shared).length === 0 ? null : sharedValuesFile(component),
      clusterValues: perCluster,
    };
  });
}

function isInstalled({ chart, manifests }: Component): boolean {
  return chart !== undefined || manifests !== undefined;
}

/** `own` are all objects of this repository itself. */
export function deliveredFiles(
  input: ModuleInput,
  workplace: Workplace,
  own: readonly KubernetesObject[],
  form: Form,
): FileTree {
  const installed = installedIn(workplace);
  const wrappers = installed.map(each => ({ ...each, objects: form.install(each) }));
  return mergeTrees(
    platformFiles(input, workplace),
    installFiles(input, wrappers, form),
    ...input.clusters.map(cluster => stepFolders(input, workplace, cluster, form)),
    folderFiles(input, 'platform-config', workplace.config, () => []),
    ...(workplace.apps.length === 0
      ? []
      : [folderFiles(input, 'apps', workplace.apps, app => workplace.policies.get(app.id) ?? [])]),
    variableFiles(
      input,
      [...own, ...wrappers.flatMap(({ objects }) => objects), ...(form.more ?? [])],
      workplace.variables,
    ),
  );
}

/** All objects of this repository itself. */
export function ownObjects(input: ModuleInput, workplace: Workplace): readonly KubernetesObject[] {
  return [
    ...workplace.components.flatMap(each =>
      componentObjects(each, workplace).flatMap(([, objects]) => objects),
    ),
    ...workplace.namespaces.flatMap(spec => namespaceWithPolicies(spec, input, workplace)),
    ...folderObjects(workplace.config, () => []),
    ...folderObjects(workplace.apps, app => workplace.policies.get(app.id) ?? []),
  ];
}

type Wrapper = Installed & { readonly objects: readonly KubernetesObject[] };

function installFiles(input: ModuleInput, wrappers: readonly Wrapper[], form: Form): FileTree {
  const files = new Map<string, string>();
  for (const layer of LAYERS) {
    const here = wrappers.filter(({ component }) => component.layer === layer);
    if (here.length === 0) continue;
    for (const { component, objects } of here)
      files.set(
        `delivery/${layer}/${component.id}.yaml`,
        writeYaml(objects, { comment: headline(input, component.decision, component.says) }),
      );
    const configMapGenerator = form.configMaps(here);
    const index = kustomization(
      here.map(({ component }) => `${component.id}.yaml`),
      configMapGenerator.length === 0 ? {} : { configMapGenerator },
    );
    const says = `Charts of the step ${layer}: where each comes from, in which version, and what differs between clusters.`;
    files.set(
      `delivery/${layer}/kustomization.yaml`,
      writeYaml([index], { comment: headline(input, 'gitops', says) }),
    );
  }
  return files;
}

function stepFolders(input: ModuleInput, workplace: Workplace, cluster: Cluster, form: Form): FileTree {
  const files = new Map<string, string>();
  for (const step of steps(workplace, cluster)) {
    const resources = stepResources(workplace, step, form);
    if (resources.length === 0) continue;
    const layer = layerOf(step);
    const patches = [
      ...(step.name === 'namespaces' ? [annotating('Namespace', form.keep)] : []),
      ...(form.installs === 'within-step' && layer !== null
        ? valuesPatches(workplace, cluster, [layer], form)
        : []),
    ];
    const index = kustomization(
      resources.map(path => `../../../${path}`),
      {
        components: ['../variables'],
        ...(patches.length === 0 ? {} : { patches }),
      },
    );
    files.set(
      `${step.path}/kustomization.yaml`,
      writeYaml([index], {
        comment: headline(
          input,
          'topology',
          `The step ${step.name} with the values of the cluster ${cluster.name}.`,
        ),
      }),
    );
  }
  return files;
}

/** What charts of these layers are told in one cluster alone, put where that cluster is described. */
export function valuesPatches(
  { components }: Workplace,
  cluster: Cluster,
  layers: readonly Layer[],
  { values: { target, path } }: Pick<Form, 'values'>,
): readonly WrittenPatch[] {
  return components.flatMap(({ id, layer, chart }) => {
    const own = Object.entries(chart?.valuesOf?.(cluster) ?? {});
    if (chart === undefined || own.length === 0 || !layers.includes(layer)) return [];
    const operations = added(Object.fromEntries(own), dividedValues(chart.values).perCluster, path);
    return [writtenPatch({ target: { ...target, name: id }, operations })];
  });
}

/** Beside what stands there already, which variables fill in. */
function added(own: HelmValues, there: HelmValues, path: string): Patch['operations'] {
  if (Object.keys(there).length === 0) return [{ op: 'add', path, value: own }];
  return Object.entries(own).flatMap(([key, value]) => {
    const inner = there[key];
    return isMap(inner) && isMap(value)
      ? added(value, inner, `${path}/${key}`)
      : [{ op: 'add' as const, path: `${path}/${key}`, value }];
  });
}

/** None for steps that have an overlay of their own, and for layers that another folder delivers whole. */
export function stepResources(
  workplace: Workplace,
  step: Step,
  form: Pick<Form, 'installs'>,
): readonly string[] {
  if (step.name === 'namespaces') return ['platform/namespaces'];
  const layer = layerOf(step);
  if (layer === null) return [];
  return [
    ...(hasObjects(workplace, layer) ? [`platform/layers/${layer}`] : []),
    ...(form.installs === 'within-step' && hasInstalls(workplace, layer) ? [`delivery/${layer}`] : []),
  ];
}

export function hasInstalls({ components }: Workplace, layer: Layer): boolean {
  return components.some(component => component.layer === layer && isInstalled(component));
}
