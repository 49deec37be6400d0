/** Has every image that a mirror keeps come from the mirror: values of charts, and pods of our own. */
import type { Id } from '../../content/catalogue.ts';
import type { App, Component, ConfigFolder, HelmValues } from '../contribution.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import { IMAGE_KEYS } from '../repository/images.ts';
import { CHART_IMAGES } from './chart-images.ts';
import { mirrored } from './upstreams.ts';

interface Parts {
  readonly components: readonly Component[];
  readonly config: readonly ConfigFolder[];
  readonly apps: readonly App[];
}

/** What brings the cluster up before it can read its variables, so its images come from their publisher where the mirror's name is one. */
export const BEFORE_THE_MIRROR: readonly Id[] = ['flux', 'flux-operator', 'cilium', 'calico'];

export function throughMirror<T extends Parts>(parts: T, address: string, before: readonly Id[]): T {
  return {
    ...parts,
    components: parts.components.map(component => componentThrough(component, address, before)),
    config: parts.config.map(folder => ({ ...folder, objects: objectsThrough(folder.objects, address) })),
    apps: parts.apps.map(app => ({ ...app, objects: objectsThrough(app.objects, address) })),
  };
}

function brings(release: Id, before: readonly Id[]): boolean {
  return CHART_IMAGES[release] !== undefined && !before.includes(release);
}

function componentThrough(component: Component, address: string, before: readonly Id[]): Component {
  const { chart, objects } = component;
  return {
    ...component,
    ...(objects === undefined ? {} : { objects: objectsThrough(objects, address) }),
    ...(chart === undefined || !brings(chart.release, before)
      ? {}
      : { chart: { ...chart, values: valuesThrough(chart.release, chart.values, address) } }),
  };
}

function valuesThrough(release: Id, values: HelmValues, address: string): HelmValues {
  const own = imagesThrough(values, address);
  return (CHART_IMAGES[release] ?? []).reduce<HelmValues>((changed, [path, publisher]) => {
    const image = mirrored(publisher, address);
    if (image === null) throw new Error(`no mirror is kept of ${publisher}`);
    return withValue(changed, path.split('.'), image);
  }, own);
}

function withValue(values: HelmValues, [key = '', ...rest]: readonly string[], image: string): HelmValues {
  if (rest.length === 0) return { ...values, [key]: image };
  const below = values[key];
  return { ...values, [key]: withValue(isObject(below) ? below : {}, rest, image) };
}

type Objects = Readonly<Record<string, readonly KubernetesObject[]>>;

function objectsThrough(objects: Objects, address: string): Objects {
  return Object.fromEntries(
    Object.entries(objects).map(([file, list]) => [file, list.map(each => imagesThrough(each, address))]),
  );
}

/** Every image at any depth that names a publisher and a tag; what holds none stays the same object. */
function imagesThrough<T>(value: T, address: string): T {
  if (Array.isArray(value)) {
    const items = value.map(each => imagesThrough(each, address));
    return items.some((each, index) => each !== value[index]) ? (items as T) : value;
  }
  if (!isObject(value)) return value;
  let changed = value;
  for (const key in value) {
    const each: unknown = value[key];
    const now =
      IMAGE_KEYS.has(key) && typeof each === 'string'
        ? (mirrored(each, address) ?? each)
        : imagesThrough(each, address);
    if (now !== each) changed = { ...changed, [key]: now };
  }
  return changed;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
