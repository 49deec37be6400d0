/** What a role lets somebody do to an object. */
import { once } from '../once.ts';
import type { ManifestObject } from '../yaml-files.ts';
import { groupOf } from './crds-first.ts';
import { at, type Fields, list } from './fields.ts';

type Named = Pick<ManifestObject, 'apiVersion' | 'kind'>;

export function permits(role: ManifestObject, object: Named, verb: string): boolean {
  const known = permitted(role);
  const key = `${verb} ${object.apiVersion} ${object.kind}`;
  const may = known.get(key) ?? permitsAnew(role, object, verb);
  known.set(key, may);
  return may;
}

/** By verb and kind, since a role is asked for every object. */
const permitted = once((_role: ManifestObject) => new Map<string, boolean>());

function permitsAnew(role: ManifestObject, object: Named, verb: string): boolean {
  const name = object.kind.toLowerCase();
  const plural = [`${name}s`, `${name}es`, `${name.slice(0, -1)}ies`];
  const has = (rule: Fields, key: string, wanted: readonly string[]) =>
    Array.isArray(rule[key]) && rule[key].some(each => wanted.includes(String(each)));
  return list(at(role, 'rules')).some(
    rule =>
      has(rule, 'apiGroups', [groupOf(object)]) &&
      has(rule, 'resources', plural) &&
      has(rule, 'verbs', [verb]),
  );
}
