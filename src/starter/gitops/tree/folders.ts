/** Folders of platform-config/ and apps/: a base that all clusters share, and an overlay per cluster. */
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import type { Cluster } from '../../cluster-input.ts';
import type { ConfigFolder } from '../../contribution.ts';
import { headline } from '../../headline.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { ModuleInput } from '../../module.ts';
import { isAsleep } from '../../recovery/places.ts';
import { standbyComponents } from '../../recovery/standby.ts';
import { kustomization, writtenPatch } from './kustomization.ts';

type PoliciesOf = (folder: ConfigFolder) => readonly KubernetesObject[];

export function folderFiles(
  input: ModuleInput,
  root: 'platform-config' | 'apps',
  folders: readonly ConfigFolder[],
  policiesOf: PoliciesOf,
): FileTree {
  const files = new Map<string, string>();
  for (const folder of folders) {
    const comment = headline(input, folder.decision, folder.says);
    const documents = documentsOf(folder, policiesOf);
    for (const [name, objects] of documents)
      files.set(`${root}/base/${folder.id}/${name}.yaml`, writeYaml(objects, { comment }));
    const index = kustomization(documents.map(([name]) => `${name}.yaml`));
    files.set(`${root}/base/${folder.id}/kustomization.yaml`, writeYaml([index], { comment }));
  }
  for (const cluster of input.clusters)
    files.set(`${root}/${cluster.name}/kustomization.yaml`, overlay(input, root, folders, cluster));
  return files;
}

export function folderObjects(
  folders: readonly ConfigFolder[],
  policiesOf: PoliciesOf,
): readonly KubernetesObject[] {
  return folders.flatMap(folder => [
    ...documentsOf(folder, policiesOf).flatMap(([, objects]) => objects),
    ...(folder.brought ?? []),
  ]);
}

function documentsOf(
  folder: ConfigFolder,
  policiesOf: PoliciesOf,
): readonly (readonly [string, readonly KubernetesObject[]])[] {
  const policies = policiesOf(folder);
  return [
    ...Object.entries(folder.objects),
    ...(policies.length > 0 ? [['network-policies', policies] as const] : []),
  ];
}

function overlay(
  input: ModuleInput,
  root: 'platform-config' | 'apps',
  folders: readonly ConfigFolder[],
  cluster: Cluster,
): string {
  const patches = folders.flatMap(folder => folder.patches?.(cluster) ?? []);
  const index = kustomization(
    folders
      .filter(
        folder => !(folder.whileAwake === true && isAsleep(cluster)) && folder.onlyIn?.(cluster) !== false,
      )
      .map(({ id }) => `../base/${id}`),
    {
      // Values come last, so that they reach what the others bring.
      components: [
        ...(root === 'apps' ? standbyComponents(cluster) : []),
        ...folders.flatMap(folder => folder.components?.(cluster) ?? []),
        `../../clusters/${cluster.name}/variables`,
      ],
      ...(patches.length === 0 ? {} : { patches: patches.map(writtenPatch) }),
    },
  );
  const says = `What differs in the cluster ${cluster.name}; everything else stands in ../base.`;
  return writeYaml([index], { comment: headline(input, 'topology', says) });
}
