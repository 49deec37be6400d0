/** images.txt: every image that the cluster runs, by component, as its publisher names it. */
import type { Id } from '../../content/catalogue.ts';
import type { Component, Contribution, HelmValues } from '../contribution.ts';
import { PUBLIC_RED_HAT } from '../control-plane/openshift/project.ts';
import { eachText } from '../each-text.ts';
import { commented, headline } from '../headline.ts';
import type { ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';
import { CHART_IMAGES } from '../registry/chart-images.ts';
import { mirrorAddress } from '../registry/image-source.ts';
import { UPSTREAMS } from '../registry/upstreams.ts';

export interface UsedImages {
  /** A component, or the workloads themselves. */
  readonly by: Id;
  readonly references: readonly string[];
}

/** Made before a mirror puts its own names in the place of the publishers'. */
export function imagesUsed(
  input: ModuleInput,
  { components, config, apps }: Pick<Required<Contribution>, 'components' | 'config' | 'apps'>,
): readonly UsedImages[] {
  const { stack, catalogue } = input;
  const known = new Map(catalogue.releases.images.map(({ of, references }) => [of, references]));
  const releases = [
    ...components.flatMap(releasesOf),
    ...(pickOf(stack, 'gitops') === 'flux' ? ['flux'] : []),
  ];
  const values = new Map(components.map(({ chart }) => [chart?.release ?? '', chart?.values ?? {}]));
  const fromCharts = [...new Set(releases)].flatMap(by => {
    const named = (known.get(by) ?? []).filter(each => runsWith(each, values.get(by) ?? {}));
    const references = mirrorAddress(input) === null ? named : named.map(each => keptOf(by, each));
    return references.length === 0 ? [] : [{ by, references }];
  });
  const listed = new Set(fromCharts.flatMap(({ references }) => references.map(withoutDigest)));
  const named = namedIn([components.map(({ chart, objects }) => [chart?.values, objects]), config, apps]);
  const others = [...new Set(named)].filter(image => !listed.has(withoutDigest(image)));
  return [...fromCharts, ...(others.length === 0 ? [] : [{ by: 'manifests', references: others }])];
}

/** Some charts label folders of hosts on OpenShift. Cilium has an operator for each cloud whose addresses pods get, one for everywhere else, and a server for other clusters. */
function runsWith(reference: string, { eni, clustermesh, global }: HelmValues): boolean {
  if (reference.startsWith(`${PUBLIC_RED_HAT}/`)) return JSON.stringify(global).includes('"openshift":true');
  if (!reference.startsWith('quay.io/cilium/')) return true;
  if (reference.includes('/operator-azure:')) return false;
  if (reference.includes('/operator-aws:')) return eni !== undefined;
  if (reference.includes('/operator-generic:')) return eni === undefined;
  return !reference.includes('/clustermesh-apiserver:') || clustermesh !== undefined;
}

/** Some publishers have a name of their own before the registry that a mirror keeps copies of. */
function keptOf(release: Id, reference: string): string {
  const [host = '', ...path] = reference.split('/');
  const [[, publisher] = ['', host], ...others] = CHART_IMAGES[release] ?? [];
  if (host === PUBLIC_RED_HAT || UPSTREAMS.some(each => each.host === host)) return reference;
  const [name = ''] = (path.at(-1) ?? '').split(/[:@]/);
  const whole = [publisher, ...others.map(([, each]) => each)].find(each => each.endsWith(`/${name}`));
  if (whole !== undefined) return `${whole}${(path.at(-1) ?? '').slice(name.length)}`;
  return publisher.includes('/') ? `${publisher}/${path.at(-1) ?? ''}` : [publisher, ...path].join('/');
}

function releasesOf({ chart }: Component): readonly Id[] {
  return chart === undefined ? [] : [chart.release];
}

function withoutDigest(image: string): string {
  return image.replace(/@sha256:.*$/, '');
}

/** `imageName` is that of a database's instances. */
export const IMAGE_KEYS: ReadonlySet<string> = new Set(['image', 'imageName']);

/** Every image at any depth that names a registry and a tag. */
function namedIn(value: unknown): readonly string[] {
  const images: string[] = [];
  eachText(value, (text, key) => {
    if (IMAGE_KEYS.has(key) && /^[^/]+\.[^/]+\/.+:[^/]+$/.test(text)) images.push(text);
  });
  return images;
}

export function imagesList(input: ModuleInput, images: readonly UsedImages[]): string {
  const says = `Every image that runs in a cluster, as its publisher names it, with the digest that was read at its source.
Below "tag only" none was read: scripts/mirror-images.sh --pin asks the publishers and writes it here.
After an update of a chart see what it runs now, with helm template, and write it here.
Images of add-ons that the provider installs by itself come from the provider and are not listed.`;
  const comment = commented(headline(input, 'platform-defaults', says));
  const blocks = images.map(block);
  return `${comment}\n\n${blocks.join('\n\n')}\n`;
}

/** A digest that was not read is not made up. */
function block({ by, references }: UsedImages): string {
  const sorted = [...references].sort();
  const pinned = sorted.filter(each => each.includes('@'));
  const tagged = sorted.filter(each => !each.includes('@'));
  return [`# ${by}`, ...pinned, ...(tagged.length === 0 ? [] : ['# tag only', ...tagged])].join('\n');
}
