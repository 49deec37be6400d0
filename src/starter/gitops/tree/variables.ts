/**
 * What differs between clusters and is not worth an overlay: clusters/<name>/variables says it once, and kustomize puts
 * it into the fields that hold `${…}`. So the same files serve every tool of delivery, and none has to fill in text.
 */
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import { headline } from '../../headline.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { Cluster, ModuleInput } from '../../module.ts';
import { kustomizeComponent, type Replacement } from './kustomization.ts';

export const VARIABLES_FOLDER = 'delivery/variables';
const SOURCE = 'cluster-vars';
const VARIABLE = /\$\{([A-Z_]+)\}/g;
/** Characters that may stand between a variable and the rest of its field. */
const DELIMITERS = ['-', '/', '.', ':', '@', ',', '=', '_', ' '] as const;

type Target = Replacement['targets'][number];

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
  const files = new Map([
    [
      `${VARIABLES_FOLDER}/kustomization.yaml`,
      writeYaml([kustomizeComponent({ replacements: replacements(objects) })], {
        comment: headline(input, 'topology', says),
      }),
    ],
  ]);
  for (const cluster of input.clusters) {
    const map = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: SOURCE, annotations: { 'config.kubernetes.io/local-config': 'true' } },
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
        [kustomizeComponent({ resources: [`${SOURCE}.yaml`], components: [`../../../${VARIABLES_FOLDER}`] })],
        { comment: headline(input, 'topology', `Fills in the values of the cluster ${cluster.name}.`) },
      ),
    );
  }
  return files;
}

/** Later pieces of a field come first: what is put in may hold the delimiter itself. */
function replacements(objects: readonly KubernetesObject[]): readonly Replacement[] {
  const wanted = objects.flatMap(object => fieldsWith(object).map(field => ({ object, ...field })));
  const rounds = Math.max(0, ...wanted.map(({ pieces }) => pieces.length));
  return Array.from({ length: rounds }, (_, round) => round).flatMap(round => {
    const inRound = wanted.flatMap(({ pieces, ...rest }) => {
      const piece = pieces[pieces.length - 1 - round];
      return piece === undefined ? [] : [{ ...rest, piece }];
    });
    const names = [...new Set(inRound.map(({ piece }) => piece.variable))].sort();
    return names.map(
      (name): Replacement => ({
        source: { version: 'v1', kind: 'ConfigMap', name: SOURCE, fieldPath: `data.${name}` },
        targets: targets(
          inRound.filter(({ piece }) => piece.variable === name),
          objects,
        ),
      }),
    );
  });
}

interface Wanted {
  readonly object: KubernetesObject;
  readonly path: string;
  readonly piece: Piece;
}

function targets(wanted: readonly Wanted[], objects: readonly KubernetesObject[]): readonly Target[] {
  const byField = new Map<string, { target: Omit<Target, 'fieldPaths'>; paths: Set<string> }>();
  for (const { object, path, piece } of wanted) {
    const { delimiter, index } = piece;
    const alike = objects.filter(each => sameName(each, object));
    const unclear = alike.some(each => !fieldsWith(each).some(field => field.path === path));
    const [version = '', group] = object.apiVersion.split('/').reverse();
    const target = {
      select: {
        ...(group === undefined ? {} : { group }),
        version,
        kind: object.kind,
        name: object.metadata?.name ?? '',
        ...(unclear && object.metadata?.namespace !== undefined
          ? { namespace: object.metadata.namespace }
          : {}),
      },
      ...(delimiter === null ? {} : { options: { delimiter, index } }),
    };
    const key = JSON.stringify(target);
    const known = byField.get(key) ?? { target, paths: new Set<string>() };
    known.paths.add(path);
    byField.set(key, known);
  }
  return [...byField.values()].map(({ target: { select, ...options }, paths }) => ({
    select,
    fieldPaths: [...paths],
    ...options,
  }));
}

function sameName(one: KubernetesObject, other: KubernetesObject): boolean {
  return (
    one.apiVersion === other.apiVersion &&
    one.kind === other.kind &&
    one.metadata?.name === other.metadata?.name
  );
}

interface Field {
  readonly path: string;
  readonly pieces: readonly Piece[];
}
interface Piece {
  readonly variable: string;
  /** Null where the variable is the whole field. */
  readonly delimiter: string | null;
  readonly index: number;
}

const found = new WeakMap<KubernetesObject, readonly Field[]>();

/** The fields of an object that hold variables. */
function fieldsWith(object: KubernetesObject): readonly Field[] {
  const known = found.get(object);
  if (known !== undefined) return known;
  const fields: Field[] = [];
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'string') {
      if (value.search(VARIABLE) >= 0) fields.push({ path: path.join('.'), pieces: piecesOf(value) });
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) walk(item, [...path, step(key)]);
  };
  walk(object, []);
  found.set(object, fields);
  return fields;
}

function step(key: string): string {
  return /[./]/.test(key) ? `[${key}]` : key;
}

/** Our own fault where no delimiter sets each variable of the text apart: such a text needs a variable of its own. */
function piecesOf(text: string): readonly Piece[] {
  const whole = /^\$\{([A-Z_]+)\}$/.exec(text)?.[1];
  if (whole !== undefined) return [{ variable: whole, delimiter: null, index: 0 }];
  const names = [...text.matchAll(VARIABLE)].map(([, name = '']) => name);
  for (const delimiter of DELIMITERS) {
    const parts = text.split(delimiter);
    const pieces = parts.flatMap((part, index) => {
      const variable = /^\$\{([A-Z_]+)\}$/.exec(part)?.[1];
      return variable === undefined ? [] : [{ variable, delimiter, index }];
    });
    if (pieces.length === names.length) return pieces;
  }
  throw new Error(`no delimiter sets the variables of ${JSON.stringify(text)} apart`);
}
