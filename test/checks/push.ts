/** The steps of a cluster as scripts/deliver.sh takes them: one after the other, as clusters/<name>/steps.yaml has them. */
import type { FileTree } from '../../src/files/tree.ts';
import type { Install, Step } from './clusters.ts';
import { at, list } from './cross/fields.ts';
import { build } from './kustomize.ts';
import { documentsOf, type ManifestObject } from './yaml-files.ts';

const API_VERSION = 'delivery.platform/v1';

export interface PushStep {
  readonly name: string;
  readonly by: string;
  readonly path: string | null;
  readonly prune: boolean;
  readonly wait: string;
  readonly installs: readonly string[];
}

/** Null where the cluster is not delivered by a pipeline. */
export function orderOf(tree: FileTree, folder: string): readonly PushStep[] | null {
  const text = tree.get(`${folder}/steps.yaml`);
  if (text === undefined) return null;
  return list(at(documentsOf(text)[0], 'steps')).map(({ name, by, path, prune, wait, installs }) => ({
    name: String(name),
    by: String(by),
    path: typeof path === 'string' ? path : null,
    prune: prune === true,
    wait: String(wait ?? ''),
    installs: Array.isArray(installs) ? installs.map(String) : [],
  }));
}

export function isInstall({ apiVersion }: ManifestObject): boolean {
  return apiVersion === API_VERSION;
}

/** The file of the values that all clusters share. */
export function pushValueFiles({ apiVersion, spec }: ManifestObject): readonly string[] {
  const file = at(spec, 'valuesFile');
  return apiVersion === API_VERSION && typeof file === 'string' ? [file] : [];
}

export function pushSteps(
  tree: FileTree,
  order: readonly PushStep[],
  own: readonly ManifestObject[],
): readonly Step[] {
  return order.map((step, index) => ({
    name: step.name,
    path: step.path ?? `charts:${step.name}`,
    dependsOn: index === 0 ? [] : [order[index - 1]?.name ?? ''],
    wait: /^\d+m$/.test(step.wait),
    objects: step.path === null ? [] : build(tree, step.path).objects,
    installs: step.installs.flatMap(name => installOf(name, own)),
  }));
}

function installOf(name: string, own: readonly ManifestObject[]): readonly Install[] {
  const found = own.find(object => isInstall(object) && object.metadata.name === name);
  if (found === undefined) return [];
  return [{ name, namespace: found.kind === 'Chart' ? String(at(found.spec, 'namespace')) : null }];
}
