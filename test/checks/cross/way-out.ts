/** Where somebody else keeps the border, every host that the cluster fetches from is on the list, and nothing leads past the border. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';
import { hostsInFile, isInside } from './named-hosts.ts';

const LIST = 'destinations.txt';
const FETCHED = /^(?:apps|clusters|delivery|platform|platform-config)\/.+\.ya?ml$/;
/** What takes traffic out of a network by itself. */
const PAST =
  /^resource "(?:aws_nat_gateway|aws_eip|google_compute_router_nat|azurerm_public_ip_prefix|azurerm_nat_gateway)"/m;

/** An issuer that stands in certificates and is asked by nobody in the cluster. */
const NAMED_ONLY: ReadonlySet<string> = new Set(['token.actions.githubusercontent.com']);

export const wayOut: CrossCheck = {
  code: 'way-out',
  says: 'Where a border is kept elsewhere every host that is fetched from is listed, and nothing leads past it.',
  check: tree => {
    const list = tree.get(LIST);
    if (list === undefined) return [];
    const listed = [...list.matchAll(/^([^# ]\S*) \d+ /gm)].map(([, host = '']) => host);
    const registries = namesBehind(listed);
    return [...tree].flatMap(([file, text]) => [
      ...(FETCHED.test(file) ? hostsInFile(file, text) : [])
        .filter(host => !host.endsWith('.') && !NAMED_ONLY.has(host))
        .filter(host => !isInside(host, registries) && !registries.some(each => covers(each, host)))
        .map(host => finding(file, `names ${host}, which nobody was asked to let through`)),
      ...(/^infra\/(?:aks|eks|gke)\/network\.tf$/.test(file) && PAST.test(text)
        ? [finding(file, 'leads past the border')]
        : []),
      ...missingRoute(tree, file, text),
    ]);
  },
};

/** A network that is made here and keeps no way out of its own has to lead somewhere. */
function missingRoute(tree: FileTree, file: string, text: string): readonly Finding[] {
  if (
    !/^infra\/(?:eks|gke)\/network\.tf$/.test(file) ||
    !/^resource "(?:aws_vpc|google_compute_network)"/m.test(text)
  )
    return [];
  const leads = /transit_gateway_id +=|resource "google_compute_network_peering"/.test(text);
  return leads || !tree.has(LIST) ? [] : [finding(file, 'leads nowhere')];
}

/** Images name a registry by what its publisher calls it. */
function namesBehind(listed: readonly string[]): readonly string[] {
  return listed.includes('registry-1.docker.io') ? [...listed, 'docker.io'] : listed;
}

function covers(pattern: string, host: string): boolean {
  return pattern.startsWith('*.') && host.endsWith(pattern.slice(1));
}

function finding(place: string, message: string): Finding {
  return { code: 'way-out', place, message };
}
