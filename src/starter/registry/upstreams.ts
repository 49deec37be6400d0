/** Registries of publishers, and the names under which a mirror keeps what they publish. */

export interface Upstream {
  /** As it stands in front of an image. */
  readonly host: string;
  /** Name of the repository, project or rule that mirrors it. */
  readonly prefix: string;
  /** Where the registry answers. */
  readonly url: string;
  /** Pulls without an account are refused or counted. */
  readonly signsIn: boolean;
}

export const UPSTREAMS: readonly Upstream[] = [
  { host: 'docker.io', prefix: 'docker-hub', url: 'registry-1.docker.io', signsIn: true },
  { host: 'ghcr.io', prefix: 'ghcr', url: 'ghcr.io', signsIn: true },
  { host: 'public.ecr.aws', prefix: 'ecr-public', url: 'public.ecr.aws', signsIn: false },
  { host: 'quay.io', prefix: 'quay', url: 'quay.io', signsIn: false },
  { host: 'registry.k8s.io', prefix: 'kubernetes', url: 'registry.k8s.io', signsIn: false },
];

/** The project of Harbor for charts that their publishers keep on a website. */
export const CHARTS = 'charts';

/** `quay.io/jetstack/x` as the mirror at `address` names it; null where no mirror is kept of its publisher. */
export function mirrored(image: string, address: string): string | null {
  const [host = '', ...rest] = image.split('/');
  const upstream = UPSTREAMS.find(each => each.host === host);
  return upstream === undefined ? null : [address, upstream.prefix, ...rest].join('/');
}
