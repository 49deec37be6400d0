/** Hosts with Windows in the inventory of a cluster: lines that no reader of other hosts takes for one of them. */
import type { Cluster, ClusterInput } from '../../../cluster-input.ts';
import type { Contribution } from '../../../contribution.ts';
import { TOKENS } from '../../../placeholder-tokens.ts';
import type { HostPlace } from '../place.ts';
import { carriedToWindows, WINDOWS_PROGRAM } from './carried.ts';
import { WINDOWS_HOSTS, WINDOWS_ROLE, windowsHosts } from './hosts.ts';

/** Settings of the inventory that their agent asks for. */
export function windowsSettings(input: ClusterInput, place: HostPlace): Readonly<Record<string, string>> {
  if (windowsHosts(input) === null) return {};
  return {
    RELEASE: 'rke2r1',
    ...(ownChecksum(input, place) ? { WINDOWS_RELEASE_SHA256: TOKENS.windowsReleaseChecksum } : {}),
  };
}

/** Machines of a closed network know one list for all that they install themselves from. */
const ownChecksum = (input: ClusterInput, place: HostPlace): boolean =>
  carriedToWindows(input, place)?.setting !== 'RELEASE_SHA256';

/** `group`: how many groups of hosts come before them. */
export function windowsLines(
  input: ClusterInput,
  cluster: Cluster,
  place: HostPlace,
  group: number,
): readonly string[] {
  if (windowsHosts(input) === null) return [];
  const hosts = place
    .domains(cluster)
    .slice(0, WINDOWS_HOSTS)
    .map((domain, index) => ({
      name: `${cluster.name}-windows-${index + 1}`,
      address: place.address(cluster, group, index),
      domain,
    }));
  return [
    '',
    `# Hosts with Windows: in two ${place.domain}s at least. They join as soon as those with Linux are Ready.`,
    ...hosts.map(({ name, address, domain }) => `${name}  ${address}  ${domain}  ${WINDOWS_ROLE}`),
  ];
}

export function windowsPlaceholders(
  input: ClusterInput,
  place: HostPlace,
): NonNullable<Contribution['placeholders']> {
  if (windowsHosts(input) === null || !ownChecksum(input, place)) return [];
  const release = 'in the release of RKE2 that RELEASE and KUBERNETES_VERSION name';
  return [
    {
      token: TOKENS.windowsReleaseChecksum,
      meaning:
        carriedToWindows(input, place) === null
          ? `SHA-256 of ${WINDOWS_PROGRAM} ${release}; the project publishes it beside the release, in sha256sum-amd64.txt.`
          : `SHA-256 of sha256sum-amd64.txt ${release}: what hosts with Windows install is held against that list (docs/runbooks/windows-hosts.md).`,
      example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    },
  ];
}
