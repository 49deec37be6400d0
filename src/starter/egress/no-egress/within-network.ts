/** Closes what pods may reach: edges to any address become edges to this network and, where the house is asked, to the house. */
import type { Contribution } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import type { Edge, Peer, Port } from '../../network/edge.ts';
import { destinationsOf } from '../dns-policy/destinations.ts';
import { HOUSE_RANGES } from '../proxy/settings.ts';
import { isClosedInCloud } from './closed.ts';

type Whole = Required<Contribution>;

export function withinNetwork(input: ModuleInput, whole: Whole): Whole {
  if (!isClosedInCloud(input)) return whole;
  return {
    ...whole,
    edges: whole.edges.map(edge =>
      leaves(edge)
        ? {
            ...edge,
            peers: [...edge.peers.filter(({ kind }) => kind !== 'anywhere'), ...placesOf(input, edge)],
          }
        : edge,
    ),
  };
}

function leaves({ direction, peers }: Edge): boolean {
  return direction === 'egress' && peers.some(({ kind }) => kind === 'anywhere');
}

function placesOf(input: ModuleInput, { owner, ports }: Edge): readonly Peer[] {
  const hosts = destinationsOf(input, owner);
  const isHouse = (host: string) => host.startsWith('replace-me-');
  const { alertReceiver } = input.project;
  const asksHouse =
    hosts === null ||
    hosts.some(isHouse) ||
    ports.some(port => !isWeb(port)) ||
    (owner === 'kube-prometheus-stack' && alertReceiver !== undefined);
  const services = input.foundation.addresses.servicesWithin ?? [];
  return [...services, ...(asksHouse ? HOUSE_RANGES : [])].map(cidr => ({ kind: 'range', cidr }));
}

function isWeb({ port, protocol = 'TCP' }: Port): boolean {
  return protocol === 'TCP' && (port === 80 || port === 443);
}
