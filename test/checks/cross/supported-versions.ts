/** Versions are those of the table of releases, support the cluster's minor, and the minor has not ended. */
import type { FileTree } from '../../../src/files/tree.ts';
import { UPSTREAMS } from '../../../src/starter/registry/upstreams.ts';
import { sourcesOf } from '../argo-cd.ts';
import type { Finding } from '../finding.ts';
import { inventoriesIn } from '../hosts.ts';
import { once } from '../once.ts';
import { isInstall } from '../push.ts';
import { RELEASES } from '../releases.ts';
import { type ManifestObject, manifestsOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list, podTemplate } from './fields.ts';

export const supportedVersions: CrossCheck = {
  code: 'supported-versions',
  says: 'Every version is the one of the table of releases and supports the Kubernetes minor of the cluster.',
  check: tree => {
    const minor = minorOf(tree);
    const named = manifestsOf(tree).flatMap(({ file, object }) =>
      versionsIn(object).map(each => ({ ...each, file })),
    );
    return [
      ...named.flatMap(({ file, id, version }) =>
        id === 'gateway-api'
          ? gatewayApiFindings(file, version, named)
          : versionFindings(file, id, version, minor),
      ),
      ...namespaceVersions(tree, minor),
    ];
  },
};

/** The minor that the infrastructure asks for by default. */
function minorOf(tree: FileTree): string {
  const [hosts] = inventoriesIn(tree);
  const { OPENSHIFT_VERSION = releaseInValues(tree) } = hosts?.settings ?? {};
  if (OPENSHIFT_VERSION !== undefined) return minorOfOpenShift(OPENSHIFT_VERSION);
  if (hosts !== undefined) return /^\d+\.\d+/.exec(hosts.settings.KUBERNETES_VERSION ?? '')?.[0] ?? '';
  const found = [...tree].flatMap(([file, text]) =>
    /^infra\/[^/]+\/variables\.tf$/.test(file)
      ? [/variable "kubernetes_version" \{[^}]*default\s*=\s*"([\d.]+)"/.exec(text)?.[1] ?? '']
      : [],
  );
  return found.find(each => each !== '') ?? '';
}

/** In a cloud no inventory names it. */
function releaseInValues(tree: FileTree): string | undefined {
  const values = [...tree].find(([file]) => /^infra\/machines\/envs\/.*tfvars/.test(file));
  return /^openshift_version += "(.*)"$/m.exec(values?.[1] ?? '')?.[1];
}

/** Each release has one minor. */
function minorOfOpenShift(version: string): string {
  const known = RELEASES.components.find(({ id }) => id === 'openshift');
  return known?.version === version ? (known.kubernetes?.to ?? '') : '';
}

interface Named {
  readonly id: string;
  readonly version: string;
}

const versionsIn = once((object: ManifestObject): readonly Named[] => {
  const { kind, metadata, spec } = object;
  const named = (id: string, version: unknown): Named[] => [{ id, version: String(version) }];
  if (kind === 'OCIRepository' || kind === 'GitRepository') {
    const [chart = ''] = String(at(spec, 'url')).split('/').slice(-1);
    return named(componentOf(metadata.name, chart), at(spec, 'ref', 'tag'));
  }
  if (kind === 'HelmRelease' && at(spec, 'chart') !== undefined)
    return named(
      componentOf(metadata.name, at(spec, 'chart', 'spec', 'chart')),
      at(spec, 'chart', 'spec', 'version'),
    );
  if (kind === 'Application')
    return sourcesOf(object).flatMap(({ chart, ref, path, targetRevision }) =>
      chart !== undefined || (ref === undefined && !/^(?:apps|clusters|platform-config)\//.test(String(path)))
        ? named(componentOf(metadata.name, chart), targetRevision)
        : [],
    );
  if (isInstall(object)) {
    const version = at(spec, 'version') ?? at(spec, 'tag');
    return named(componentOf(metadata.name, at(spec, 'chart')), version);
  }
  if (kind === 'FluxInstance') return named('flux', at(spec, 'distribution', 'version'));
  return list(at(podTemplate(object), 'spec', 'containers')).flatMap(({ image }) => {
    const [name = '', version] = String(image).split(/:(?=[^/]*$)/);
    const published = fromPublisher(name);
    const component = RELEASES.components.find(each => each.image === published);
    return named(component?.id ?? name, version);
  });
});

/** A chart may be installed more than once, under names of its own. */
function componentOf(release: string, chart: unknown): string {
  const { components } = RELEASES;
  return components.some(({ id }) => id === release)
    ? release
    : (components.find(each => each.chart?.name === chart)?.id ?? release);
}

/** The name that the publisher gave to an image that comes through a mirror. */
function fromPublisher(name: string): string {
  // Microsoft has a folder of the name that a mirror has for Kubernetes.
  if (name.startsWith('mcr.microsoft.com/')) return name;
  const upstream = UPSTREAMS.find(({ prefix }) => name.includes(`/${prefix}/`));
  return upstream === undefined ? name : `${upstream.host}/${name.split(`/${upstream.prefix}/`)[1]}`;
}

/** Its kinds come in a version that everything here understands. */
function gatewayApiFindings(place: string, version: string, all: readonly Named[]): readonly Finding[] {
  const understood = RELEASES.components.flatMap(({ id, gatewayApi }) =>
    gatewayApi !== null && all.some(each => each.id === id) ? [gatewayApi] : [],
  );
  const lowest = understood.reduce((a, b) => (compare(a, b) <= 0 ? a : b));
  return compare(version, `v${lowest}`) <= 0
    ? []
    : [finding(place, `gateway-api is ${version}, and not everything here knows more than ${lowest}`)];
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function versionFindings(place: string, id: string, version: string, minor: string): readonly Finding[] {
  const component = RELEASES.components.find(each => each.id === id);
  if (component === undefined) return [finding(place, `${id} is not in the table of releases`)];
  // Of the resource definitions of Gateway API the newest that all their users know is taken, not the newest.
  const known = id === 'gateway-api' ? RELEASES.components.map(each => `v${each.gatewayApi}`) : [];
  const right = [component.version, `v${component.version}`, component.chart?.version, ...known];
  const { kubernetes } = component;
  return [
    ...(right.includes(version) ? [] : [finding(place, `${id} is ${version} and not ${component.version}`)]),
    ...(kubernetes !== null &&
    (number(minor) < number(kubernetes.from) || number(minor) > number(kubernetes.to))
      ? [finding(place, `${id} supports ${kubernetes.from} to ${kubernetes.to}, not ${minor}`)]
      : []),
  ];
}

/** The standard of Pod Security is the cluster's: a newer one would not be known to it. */
function namespaceVersions(tree: FileTree, minor: string): readonly Finding[] {
  return manifestsOf(tree).flatMap(({ file, object }) => {
    const version = object.metadata.labels?.['pod-security.kubernetes.io/enforce-version'];
    const free = object.metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'privileged';
    return version === undefined || version === `v${minor}` || (free && version === 'latest')
      ? []
      : [finding(file, `enforces Pod Security of ${version} on a cluster of ${minor}`)];
  });
}

function number(minor: string): number {
  return Number(minor.split('.')[1]);
}

function finding(place: string, message: string): Finding {
  return { code: 'supported-versions', place, message };
}
