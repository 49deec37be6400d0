/** The steps of a cluster as Flux takes them: its Kustomizations, each with what lies in its folder. */
import { posix } from 'node:path';
import type { FileTree } from '../../src/files/tree.ts';
import type { Install, Step } from './clusters.ts';
import { at } from './cross/fields.ts';
import { build } from './kustomize.ts';
import type { ManifestObject } from './yaml-files.ts';

interface FluxKustomization {
  readonly path: string;
  readonly wait?: boolean;
  readonly dependsOn?: readonly { readonly name: string }[];
}

export function fluxSteps(tree: FileTree, own: readonly ManifestObject[]): readonly Step[] {
  return own.filter(isFluxKustomization).map(object => {
    const spec = object.spec as FluxKustomization;
    const { objects } = build(tree, posix.normalize(spec.path));
    return {
      name: object.metadata.name,
      path: spec.path,
      dependsOn: (spec.dependsOn ?? []).map(({ name }) => name),
      wait: spec.wait === true,
      objects,
      installs: objects.flatMap(installOf),
    };
  });
}

function isFluxKustomization({ apiVersion, kind }: ManifestObject): boolean {
  return kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
}

function installOf(object: ManifestObject): readonly Install[] {
  const { kind, metadata, spec } = object;
  if (kind === 'HelmRelease')
    return [{ name: metadata.name, namespace: String(at(spec, 'targetNamespace')) }];
  return isFluxKustomization(object) ? [{ name: metadata.name, namespace: null }] : [];
}
