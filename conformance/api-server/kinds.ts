/** Which kinds a server knows, and the definitions that teach it those of the starters. */
import type { KubernetesObject } from '../render.ts';
import { schemaOf } from '../schemas.ts';
import type { ApiServer } from './server.ts';
import { structuralObject } from './structural.ts';

/** Where a server keeps the objects of a kind. */
export interface Place {
  readonly plural: string;
  readonly namespaced: boolean;
}
/** By `apiVersion kind`. */
export type Kinds = ReadonlyMap<string, Place>;

interface GroupList {
  readonly groups: readonly { readonly versions: readonly { readonly groupVersion: string }[] }[];
}
interface ResourceList {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
  }[];
}

/** A group is listed a moment before its kinds are. */
const NOT_YET: ResourceList = { resources: [] };

export function kindOf({ apiVersion, kind }: Pick<KubernetesObject, 'apiVersion' | 'kind'>): string {
  return `${apiVersion} ${kind}`;
}

export async function knownKinds(server: ApiServer): Promise<Kinds> {
  const { groups } = await readJson<GroupList>(server, '/apis');
  const versions = [
    'v1',
    ...groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => groupVersion)),
  ];
  const kinds = new Map<string, Place>();
  for (const version of versions) {
    const { resources } = await readJson<ResourceList>(server, rootOf(version), NOT_YET);
    for (const { name, kind, namespaced } of resources)
      if (!name.includes('/')) kinds.set(`${version} ${kind}`, { plural: name, namespaced });
  }
  return kinds;
}

/** `/api/v1` or `/apis/GROUP/VERSION`. */
export function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

async function readJson<T>({ ask }: ApiServer, path: string, whenMissing?: T): Promise<T> {
  const { code, body } = await ask('GET', path);
  if (code === 404 && whenMissing !== undefined) return whenMissing;
  if (code !== 200) throw new Error(`GET ${path} answered ${code}: ${body}`);
  return JSON.parse(body) as T;
}

/** One definition for each kind among these that the server does not know, with all of its versions. */
export async function missingDefinitions(
  objects: readonly KubernetesObject[],
  known: Kinds,
): Promise<readonly object[]> {
  const missing = new Map<string, KubernetesObject[]>();
  for (const object of objects) {
    if (known.has(kindOf(object))) continue;
    const group = object.apiVersion.split('/')[0] ?? '';
    const name = `${group} ${object.kind}`;
    missing.set(name, [...(missing.get(name) ?? []), object]);
  }
  return Promise.all([...missing.values()].map(definitionOf));
}

async function definitionOf(objects: readonly KubernetesObject[]): Promise<object> {
  const [{ apiVersion, kind }] = objects as readonly [KubernetesObject];
  const group = apiVersion.split('/')[0] ?? '';
  const versions = [...new Set(objects.map(object => object.apiVersion.split('/')[1] ?? ''))].sort();
  const singular = kind.toLowerCase();
  const plural = pluralOf(singular);
  const schemas = await Promise.all(versions.map(version => schemaOf({ group, version, kind })));
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // Groups of Kubernetes itself ask for the review of a definition.
      annotations: { 'api-approved.kubernetes.io': 'unapproved, of the conformance checks' },
    },
    spec: {
      group,
      scope: objects.every(({ metadata }) => metadata.namespace === undefined) ? 'Cluster' : 'Namespaced',
      names: { kind, listKind: `${kind}List`, plural, singular },
      versions: versions.map((name, at) => ({
        name,
        served: true,
        storage: at === 0,
        schema: { openAPIV3Schema: structuralObject(schemas[at] ?? {}) },
      })),
    },
  };
}

/** The server leaves the choice to the definition; English is good enough. */
function pluralOf(singular: string): string {
  if (/(?:s|x|ch)$/.test(singular)) return `${singular}es`;
  return /[^aeiou]y$/.test(singular) ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}
