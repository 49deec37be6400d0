/** platform/: components with the values that all clusters share, namespaces and layers. Knows no tool of delivery. */
import { type FileTree, mergeTrees } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import { type Component, LAYERS, type Layer, type NamespaceSpec } from '../../contribution.ts';
import {
  AUTHORITIES,
  AUTHORITIES_FILE,
  AUTHORITIES_KEY,
} from '../../dns-and-certificates/house/authorities.ts';
import { authoritiesFile } from '../../dns-and-certificates/house/file.ts';
import { headline } from '../../headline.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { ModuleInput } from '../../module.ts';
import { resolversOf } from '../../network/edge.ts';
import { namespaceObjects, namespaceOf } from '../../network/namespace.ts';
import type { Workplace } from '../delivery.ts';
import { type ConfigMapOfFiles, kustomization } from './kustomization.ts';
import { dividedValues } from './values.ts';

export function platformFiles(input: ModuleInput, workplace: Workplace): FileTree {
  return mergeTrees(
    ...workplace.components.map(component => componentFiles(input, component, workplace)),
    layerFiles(input, workplace),
    namespaceFiles(input, workplace),
  );
}

/** Objects beside the chart: none where a component is a chart and nothing else. */
export function componentObjects(
  { id, objects = {} }: Component,
  { policies }: Pick<Workplace, 'policies'>,
): readonly (readonly [string, readonly KubernetesObject[]])[] {
  const own = policies.get(id) ?? [];
  return [...Object.entries(objects), ...(own.length === 0 ? [] : [['network-policies', own] as const])];
}

/** A layer whose components bring objects has a folder of its own. */
export function hasObjects(workplace: Workplace, layer: Layer): boolean {
  return workplace.components.some(
    each => each.layer === layer && componentObjects(each, workplace).length > 0,
  );
}

/** The file of the values that all clusters share, where there are any. */
export function sharedValuesFile({ id }: Component): string {
  return `platform/${id}/values.yaml`;
}

function componentFiles(input: ModuleInput, component: Component, workplace: Workplace): FileTree {
  const { id, chart, decision } = component;
  const documents = componentObjects(component, workplace);
  const folder = `platform/${id}`;
  const comment = headline(input, decision, component.says);
  const files = new Map(
    documents.map(([name, list]) => [`${folder}/${name}.yaml`, writeYaml(list, { comment })]),
  );
  const { shared } = dividedValues(chart?.values ?? {});
  if (Object.keys(shared).length > 0) {
    const says = `${component.says} Values of its chart in every cluster.`;
    files.set(sharedValuesFile(component), writeYaml([shared], { comment: headline(input, decision, says) }));
  }
  if (documents.length > 0)
    files.set(
      `${folder}/kustomization.yaml`,
      writeYaml([kustomization(documents.map(([name]) => `${name}.yaml`))], { comment }),
    );
  return files;
}

function layerFiles(input: ModuleInput, workplace: Workplace): FileTree {
  const files = new Map<string, string>();
  for (const layer of LAYERS.filter(each => hasObjects(workplace, each))) {
    const folders = workplace.components
      .filter(each => each.layer === layer && componentObjects(each, workplace).length > 0)
      .map(({ id }) => `../../${id}`);
    const comment = headline(input, 'gitops', `What lies beside the charts in the step ${layer}.`);
    files.set(
      `platform/layers/${layer}/kustomization.yaml`,
      writeYaml([kustomization(folders)], { comment }),
    );
  }
  return files;
}

/** A namespace brings its policies along where nothing could be delivered without them. */
export function namespaceWithPolicies(
  spec: NamespaceSpec,
  { kubernetes, foundation }: ModuleInput,
  { policies }: Workplace,
): readonly KubernetesObject[] {
  const early = policies.get('namespaces') ?? [];
  return [
    ...namespaceObjects(spec, kubernetes, resolversOf(foundation.addresses)),
    ...(foundation.fit?.besideNamespace(spec) ?? []),
    ...early.filter(object => namespaceOf(object) === spec.name),
  ];
}

function namespaceFiles(input: ModuleInput, workplace: Workplace): FileTree {
  const files = new Map<string, string>();
  for (const spec of workplace.namespaces) {
    const says =
      spec.because === '' ? `Owner: ${spec.owner}.` : `Owner: ${spec.owner}. Not restricted: ${spec.because}`;
    files.set(
      `platform/namespaces/${spec.name}.yaml`,
      writeYaml(namespaceWithPolicies(spec, input, workplace), {
        comment: headline(input, spec.decision, says),
      }),
    );
  }
  const names = [...files.keys()].map(path => path.slice('platform/namespaces/'.length)).sort();
  files.set(
    'platform/namespaces/kustomization.yaml',
    writeYaml([kustomization(names, generatorsOf(workplace.authorities))], {
      comment: headline(input, 'platform-defaults', 'Every namespace: Pod Security, default-deny, DNS.'),
    }),
  );
  if (workplace.authorities.length > 0) files.set(AUTHORITIES_FILE, authoritiesFile(input));
  return files;
}

/** The same name everywhere, without a sum of the content behind it: values of charts name it. */
function generatorsOf(authorities: readonly string[]) {
  const maps = [...new Set(authorities)].sort().map(
    (namespace): ConfigMapOfFiles => ({
      name: AUTHORITIES,
      namespace,
      files: [`${AUTHORITIES_KEY}=${AUTHORITIES_FILE.slice('platform/namespaces/'.length)}`],
      options: { disableNameSuffixHash: true },
    }),
  );
  return maps.length === 0 ? {} : { configMapGenerator: maps };
}
