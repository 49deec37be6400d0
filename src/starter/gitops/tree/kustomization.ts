/** `kustomization.yaml`, as far as it is written here; not to be mistaken for the object of Flux with the same name. */
import { writeYaml } from '../../../files/yaml.ts';
import type { Patch } from '../../contribution.ts';

export interface Kustomization {
  readonly apiVersion: 'kustomize.config.k8s.io/v1beta1';
  readonly kind: 'Kustomization';
  readonly resources: readonly string[];
  readonly components?: readonly string[];
  readonly configMapGenerator?: readonly ConfigMapOfFiles[];
  readonly patches?: readonly WrittenPatch[];
  readonly replacements?: readonly Replacement[];
}
/** Added to whatever names it among its `components`. */
export interface KustomizeComponent {
  readonly apiVersion: 'kustomize.config.k8s.io/v1alpha1';
  readonly kind: 'Component';
  readonly resources?: readonly string[];
  readonly components?: readonly string[];
  readonly patches?: readonly WrittenPatch[];
  readonly replacements?: readonly Replacement[];
}
export interface ConfigMapOfFiles {
  readonly name: string;
  readonly namespace: string;
  /** `key=path`. */
  readonly files: readonly string[];
  readonly options: {
    readonly disableNameSuffixHash: boolean;
    readonly labels?: Readonly<Record<string, string>>;
  };
}
export interface WrittenPatch {
  readonly target: {
    readonly group?: string;
    readonly version: string;
    readonly kind: string;
    /** Absent where every object of the kind is meant. */
    readonly name?: string;
  };
  readonly patch: string;
}
/** Puts one value into fields of other objects. */
export interface Replacement {
  readonly source: {
    readonly group?: string;
    readonly version: string;
    readonly kind: string;
    readonly name: string;
    readonly fieldPath: string;
  };
  readonly targets: readonly {
    readonly select: {
      readonly group?: string;
      readonly version: string;
      readonly kind: string;
      readonly name?: string;
      readonly namespace?: string;
      readonly labelSelector?: string;
    };
    readonly fieldPaths: readonly string[];
    /** Only the piece with this index between delimiters is replaced. */
    readonly options?: { readonly delimiter: string; readonly index: number };
  }[];
}

export function kustomization(
  resources: readonly string[],
  more: Omit<Kustomization, 'apiVersion' | 'kind' | 'resources'> = {},
): Kustomization {
  return { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources, ...more };
}

export function kustomizeComponent(
  parts: Pick<KustomizeComponent, 'resources' | 'components' | 'patches' | 'replacements'>,
): KustomizeComponent {
  return { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component', ...parts };
}

export function writtenPatch({ target, operations }: Patch): WrittenPatch {
  return { target, patch: withoutMarker(writeYaml([operations])) };
}

/** Adds annotations to every object of a kind. */
export function annotating(kind: string, annotations: Readonly<Record<string, string>>): WrittenPatch {
  return forEach({ version: 'v1', kind }, { metadata: { annotations } });
}

/** Merges fields into every object of a kind. */
export function forEach(
  target: { readonly group?: string; readonly version: string; readonly kind: string },
  fields: Readonly<Record<string, unknown>>,
): WrittenPatch {
  const { group, version, kind } = target;
  const apiVersion = group === undefined ? version : `${group}/${version}`;
  const { metadata, ...rest } = fields;
  const named = { name: 'each', ...(metadata as object | undefined) };
  return { target, patch: withoutMarker(writeYaml([{ apiVersion, kind, metadata: named, ...rest }])) };
}

function withoutMarker(yaml: string): string {
  return yaml.replace(/^---\n/, '');
}
