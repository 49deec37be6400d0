/** What machines of a cluster say to one another, in whatever way their cloud lets it through. */
import { CALICO_PORTS } from '../../cni/calico/place.ts';
import { isEncrypted } from '../../cni/calico/values.ts';
import { NODE_PORT } from '../../cni/cilium/joined-clusters.ts';
import { encryptionOf } from '../../cni/cilium/values.ts';
import type { StarterInput } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import type { Distribution } from './distribution.ts';

export type Opening =
  | { readonly protocol: 'tcp' | 'udp'; readonly from: number; readonly to?: number }
  | { readonly protocol: 'icmp' | 'esp' };
export type Openings = Readonly<Record<string, Opening>>;

/** Agents ask one another whether they are there, and routers say which size of packet fits. */
const PING: Opening = { protocol: 'icmp' };

/** By names of which each cloud makes its own. */
export function betweenMachines(input: StarterInput, { ports }: Pick<Distribution, 'ports'>): Openings {
  return {
    kubelet: { protocol: 'tcp', from: 10250 },
    'metrics-of-nodes': { protocol: 'tcp', from: 9100 },
    ping: PING,
    ...(pickOf(input.stack, 'cni') === 'calico' ? ofCalico(input) : ofCilium(input)),
    ...Object.fromEntries(
      ports.among.map((port): [string, Opening] => [`distribution-${port}`, { protocol: 'tcp', from: port }]),
    ),
  };
}

function ofCilium(input: StarterInput): Record<string, Opening> {
  const encryption = encryptionOf(input);
  return {
    'pods-by-vxlan': { protocol: 'udp', from: 8472 },
    'health-of-cilium': { protocol: 'tcp', from: 4240 },
    hubble: { protocol: 'tcp', from: 4244 },
    'metrics-of-cilium': { protocol: 'tcp', from: 9962, to: 9965 },
    ...(encryption === 'wireguard' ? { wireguard: { protocol: 'udp', from: 51871 } } : {}),
    ...(encryption === 'ipsec' ? { ipsec: { protocol: 'esp' } } : {}),
  };
}

/** What machines of clusters that Cilium joins say to one another; nobody measures those of another one. */
export function betweenJoined(input: StarterInput): Openings {
  const { 'metrics-of-cilium': _, ...openings } = ofCilium(input);
  return { ping: PING, clusters: { protocol: 'tcp', from: NODE_PORT }, ...openings };
}

function ofCalico(input: StarterInput): Openings {
  return {
    'pods-by-vxlan': { protocol: 'udp', from: 4789 },
    typha: { protocol: 'tcp', from: 5473 },
    'metrics-of-calico': { protocol: 'tcp', from: CALICO_PORTS.agents },
    ...(isEncrypted(input, 'network') ? { wireguard: { protocol: 'udp', from: 51820 } } : {}),
  };
}

/** As clouds write a range of ports. */
export function portsOf(opening: Extract<Opening, { from: number }>): string {
  const { from, to = from } = opening;
  return from === to ? String(from) : `${from}-${to}`;
}
