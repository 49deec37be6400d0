/** Fields that hold `${…}`, as replacements of kustomize: it can put a value between two equal delimiters and nowhere else. */
import { type KubernetesObject, selectorOf } from '../../kubernetes.ts';
import type { Replacement } from './kustomization.ts';

/** The ConfigMap that says the values of a cluster. */
export const VALUES_MAP = 'cluster-vars';
const PARTS_MAP = 'cluster-parts';
/** Read by kustomize alone; the namespace keeps scanners from taking it for an object of the default one. */
export const NEVER_APPLIED = {
  namespace: 'never-applied',
  annotations: { 'config.kubernetes.io/local-config': 'true' },
} as const;
const VARIABLE = /\$\{([A-Z_]+)\}/;
const WHOLE = /^\$\{([A-Z_]+)\}$/;
/** Characters that may stand between a variable and the rest of its field. */
const IN_A_LINE = ['-', '/', '.', ':', '@', ',', '=', '_', ' ', '"'] as const;
/** A text of several lines is divided into these first: what is put together is one of them. */
const DELIMITERS = ['\n', ...IN_A_LINE] as const;

type Target = Replacement['targets'][number];

interface Piece {
  /** Where the value of this piece is said. */
  readonly map: typeof VALUES_MAP | typeof PARTS_MAP;
  readonly key: string;
  /** Null where the piece is the whole field. */
  readonly place: { readonly delimiter: string; readonly index: number } | null;
}
interface Field {
  readonly path: string;
  readonly text: string;
}
type Parts = KubernetesObject & { readonly data: Readonly<Record<string, string>> };

/** Pieces between unlike delimiters are put together first, in a ConfigMap that is never applied; null where there are none. */
export function partsIn(objects: readonly KubernetesObject[]): Parts | null {
  const data: Record<string, string> = {};
  const add = (text: string): void => {
    for (const part of partsOf(text)) {
      // What a part is made of comes before it.
      add(part);
      const key = keyOf(part);
      if (data[key] !== undefined && data[key] !== part) throw new Error(`${key} stands for two texts`);
      data[key] = part;
    }
  };
  for (const { text } of objects.flatMap(fieldsWith)) add(text);
  return Object.keys(data).length === 0 ? null : partsMap(data);
}

function partsMap(data: Readonly<Record<string, string>>): Parts {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...NEVER_APPLIED, name: PARTS_MAP },
    data,
  };
}

export function replacementsFor(
  objects: readonly KubernetesObject[],
  parts: Parts | null,
): readonly Replacement[] {
  const single = Object.entries(parts?.data ?? {}).map(([key, text]) => partsMap({ [key]: text }));
  return [...single.flatMap(part => replacements([part])), ...replacements(objects)];
}

/** Later pieces of a field come first: what is put in may hold the delimiter itself. */
function replacements(objects: readonly KubernetesObject[]): readonly Replacement[] {
  const wanted = objects.flatMap(object =>
    fieldsWith(object).map(({ path, text }) => ({ object, path, pieces: piecesOf(text) })),
  );
  const byName = new Map<string, readonly KubernetesObject[]>();
  for (const object of objects) {
    const name = nameOf(object);
    byName.set(name, [...(byName.get(name) ?? []), object]);
  }
  const rounds = Math.max(0, ...wanted.map(({ pieces }) => pieces.length));
  return Array.from({ length: rounds }, (_, round) => round).flatMap(round => {
    const inRound = wanted.flatMap(({ pieces, ...rest }) => {
      const piece = pieces[pieces.length - 1 - round];
      return piece === undefined ? [] : [{ ...rest, piece }];
    });
    const sources = new Map(inRound.map(({ piece: { map, key } }) => [`${map} ${key}`, { map, key }]));
    return [...sources.values()]
      .sort((one, other) => (one.key < other.key ? -1 : 1))
      .map(
        ({ map, key }): Replacement => ({
          source: { version: 'v1', kind: 'ConfigMap', name: map, fieldPath: `data.${key}` },
          targets: targets(
            inRound.filter(({ piece }) => piece.map === map && piece.key === key),
            byName,
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

/** A name stands for all objects that have it, where all of them have the field. */
function targets(
  wanted: readonly Wanted[],
  byName: ReadonlyMap<string, readonly KubernetesObject[]>,
): readonly Target[] {
  const byField = new Map<string, { target: Omit<Target, 'fieldPaths'>; paths: Set<string> }>();
  for (const { object, path, piece } of wanted) {
    const unclear = byName
      .get(nameOf(object))
      ?.some(each => !fieldsWith(each).some(field => field.path === path));
    const namespace = object.metadata?.namespace;
    const target = {
      select: {
        ...selectorOf(object),
        ...(unclear && namespace !== undefined ? { namespace } : {}),
      },
      ...(piece.place === null ? {} : { options: piece.place }),
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

function nameOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  return `${apiVersion} ${kind} ${metadata?.name}`;
}

const found = new WeakMap<KubernetesObject, readonly Field[]>();

/** The fields of an object that hold variables. */
function fieldsWith(object: KubernetesObject): readonly Field[] {
  const known = found.get(object);
  if (known !== undefined) return known;
  const fields: Field[] = [];
  const path: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      if (VARIABLE.test(value)) fields.push({ path: path.map(step).join('.'), text: value });
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const key in value) {
      path.push(key);
      walk((value as Readonly<Record<string, unknown>>)[key]);
      path.pop();
    }
  };
  walk(object);
  found.set(object, fields);
  return fields;
}

/** Kustomize takes the brackets away only where they hold a dot. */
function step(key: string): string {
  return key.includes('.') ? `[${key}]` : key;
}

function piecesOf(text: string): readonly Piece[] {
  const whole = WHOLE.exec(text)?.[1];
  if (whole !== undefined) return [{ map: VALUES_MAP, key: whole, place: null }];
  const { delimiter, pieces } = divided(text);
  return pieces.map(({ piece, index }): Piece => {
    const variable = WHOLE.exec(piece)?.[1];
    const place = { delimiter, index };
    return variable === undefined
      ? { map: PARTS_MAP, key: keyOf(piece), place }
      : { map: VALUES_MAP, key: variable, place };
  });
}

function partsOf(text: string): readonly string[] {
  if (WHOLE.test(text)) return [];
  return divided(text).pieces.flatMap(({ piece }) => (WHOLE.test(piece) ? [] : [piece]));
}

interface Division {
  readonly delimiter: string;
  /** Those that hold a variable. */
  readonly pieces: readonly { readonly piece: string; readonly index: number }[];
}

/** Our own fault where no delimiter divides the text: such a text needs a variable of its own. */
function divided(text: string): Division {
  const division = divisionOf(text);
  if (division === null) throw new Error(`no delimiter sets the variables of ${JSON.stringify(text)} apart`);
  return division;
}

const divisions = new Map<string, Division | null>();

/** The same text stands in many fields. */
function divisionOf(text: string): Division | null {
  const known = divisions.get(text);
  if (known !== undefined) return known;
  const division = bestDivision(text);
  divisions.set(text, division);
  return division;
}

/** The one that leaves the fewest pieces to be put together before. */
function bestDivision(text: string): Division | null {
  const possible = DELIMITERS.filter(each => text.includes(each)).flatMap(
    (delimiter): readonly Division[] => {
      const pieces = text
        .split(delimiter)
        .map((piece, index) => ({ piece, index }))
        .filter(({ piece }) => VARIABLE.test(piece));
      const smaller = pieces.every(
        ({ piece }) => piece !== text && (WHOLE.test(piece) || divisionOf(piece) !== null),
      );
      // A delimiter may also stand within the name of a variable.
      const whole = count(text) === pieces.reduce((sum, { piece }) => sum + count(piece), 0);
      return smaller && whole ? [{ delimiter, pieces }] : [];
    },
  );
  const rest = ({ pieces }: Division) => pieces.filter(({ piece }) => !WHOLE.test(piece)).length;
  return possible.sort((one, other) => rest(one) - rest(other))[0] ?? null;
}

function count(text: string): number {
  return [...text.matchAll(/\$\{[A-Z_]+\}/g)].length;
}

/** `${CLUSTER_NAME}-worker` is said as CLUSTER_NAME_WORKER. */
function keyOf(text: string): string {
  return text
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
}
