/** What a stack calls outside of its network: hosts, ports and who calls them. */
import type { Contribution } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { repositoryUrl } from '../../names.ts';
import type { Edge } from '../../network/edge.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { mirrorAddress } from '../../registry/image-source.ts';
import { BEFORE_THE_MIRROR } from '../../registry/through-mirror.ts';
import { release } from '../../release.ts';
import type { UsedImages } from '../../repository/images.ts';
import { destinationsOf } from '../dns-policy/destinations.ts';
import { groundDestinations } from './ground.ts';

type Whole = Required<Contribution>;

export interface Destination {
  /** `*` for one label or more in front. */
  readonly host: string;
  readonly port: number;
  /** Who calls it, or what for: clauses. */
  readonly for: readonly string[];
}

/** Registries answer at one name and hand out layers from another. */
const REGISTRIES: Readonly<Record<string, readonly string[]>> = {
  'docker.io': ['registry-1.docker.io', 'auth.docker.io', 'production.cloudflare.docker.com'],
  'ghcr.io': ['ghcr.io', 'pkg-containers.githubusercontent.com'],
  'quay.io': ['quay.io', '*.quay.io'],
  'registry.k8s.io': ['registry.k8s.io', '*.pkg.dev', '*.s3.dualstack.us-east-1.amazonaws.com'],
  'public.ecr.aws': ['public.ecr.aws', '*.cloudfront.net'],
};

/** By host and port, in the order of the alphabet. */
export function destinations(
  input: ModuleInput,
  whole: Whole,
  images: readonly UsedImages[],
): readonly Destination[] {
  const found: readonly Destination[] = [
    ...groundDestinations(input),
    ...imagesFrom(input, images),
    ...chartsFrom(input, whole),
    ...delivered(input, whole),
    ...whole.edges.filter(leaves).flatMap(edge => called(input, edge)),
  ];
  const merged = new Map<string, Destination>();
  for (const each of found.flatMap(each => inRegions(input, each))) {
    const key = `${each.host}:${each.port}`;
    const known = merged.get(key);
    merged.set(key, { ...each, for: [...new Set([...(known?.for ?? []), ...each.for])] });
  }
  return [...merged.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/** Components whose destinations nobody can list, since their users choose them. */
export function unlisted(input: ModuleInput, { edges }: Whole): readonly string[] {
  const open = edges.filter(leaves).filter(({ owner }) => destinationsOf(input, owner) === null);
  return [...new Set(open.map(({ owner }) => owner))].sort();
}

function leaves({ direction, peers }: Edge): boolean {
  return direction === 'egress' && peers.some(({ kind }) => kind === 'anywhere');
}

/** Charts and registries are listed as the stack has them; what else a policy by name would have to allow is left out. */
function called(input: ModuleInput, { owner, ports }: Edge): readonly Destination[] {
  const hosts = (destinationsOf(input, owner) ?? []).filter(host => !OF_REGISTRIES.has(host));
  const asked = owner === 'namespaces' ? hosts.filter(host => host.startsWith(TOKENS.signInIssuer)) : hosts;
  const by = owner === 'namespaces' ? 'signing in to delivery' : owner;
  return asked.flatMap(host => portsOf(host, ports).map(port => ({ host, port, for: [by] })));
}
const OF_REGISTRIES: ReadonlySet<string> = new Set([
  ...Object.values(REGISTRIES).flat(),
  'github.com',
  'release-assets.githubusercontent.com',
]);

/** An edge names all ports of its destinations at once; which is whose is known by what they are. */
function portsOf(host: string, ports: Edge['ports']): readonly number[] {
  const own = host.startsWith(TOKENS.mailServer) ? 587 : host.startsWith(TOKENS.nameServer) ? 53 : null;
  if (own !== null) return [own];
  return [...new Set(ports.map(({ port }) => port))].filter(port => port !== 587 && port !== 53);
}

function imagesFrom(input: ModuleInput, images: readonly UsedImages[]): readonly Destination[] {
  const mirror = mirrorAddress(input);
  const direct = images.filter(({ by }) => mirror === null || BEFORE_THE_MIRROR.includes(by));
  const hosts = new Set(direct.flatMap(({ references }) => references.map(hostOfImage)));
  return [
    ...[...hosts].flatMap(host => REGISTRIES[host] ?? [host]),
    ...(mirror === null || mirror.includes('$') ? [] : [mirror.replace(/\/.*$/, '')]),
  ].map(host => ({ host, port: 443, for: ['images'] }));
}

function hostOfImage(reference: string): string {
  const [first = ''] = reference.split('/');
  return first.includes('.') ? first : 'docker.io';
}

function chartsFrom(input: ModuleInput, { components }: Whole): readonly Destination[] {
  const repositories = components.flatMap(({ chart, manifests }) => [
    ...(chart === undefined ? [] : [release(input, chart.release).chart?.repository ?? '']),
    ...(manifests === undefined ? [] : [manifests.repository]),
  ]);
  const hosts = new Set(repositories.map(url => url.replace(/^[a-z]+:\/\//, '').replace(/\/.*$/, '')));
  return [...hosts]
    .filter(host => host !== '')
    .flatMap(host => REGISTRIES[host] ?? [host])
    .map(host => ({ host, port: 443, for: ['charts and manifests'] }));
}

/** This repository; a runner of GitHub reads it from where it is. */
function delivered(input: ModuleInput, { namespaces }: Whole): readonly Destination[] {
  const { host } = new URL(repositoryUrl(input));
  const reader = namespaces.length > 0 && pickOf(input.stack, 'gitops') !== 'push' ? 'delivery' : 'scripts';
  return [
    { host, port: 443, for: [reader] },
    ...(host === 'github.com'
      ? [{ host: 'release-assets.githubusercontent.com', port: 443, for: ['releases of tools and kinds'] }]
      : []),
  ];
}

/** One line for each region that has a cluster. */
function inRegions({ stack, clusters }: ModuleInput, destination: Destination): readonly Destination[] {
  if (!destination.host.includes('${REGION}')) return [destination];
  const regions = answerOf(stack, 'cloud') === 'on-prem' ? [] : clusters.map(({ region }) => region);
  return [...new Set(regions)].map(region => ({
    ...destination,
    host: destination.host.replace('${REGION}', region),
  }));
}
