/** The traffic that every kind of proxy at the edge needs. */
import { scraped } from '../network/common-edges.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import { PORT } from '../workload/sample.ts';
import { GATEWAY } from './gateway/way-in.ts';

export function proxyEdges(
  owner: string,
  proxies: PodPeer,
  ports: { readonly public: readonly number[]; readonly metrics: number },
): readonly Edge[] {
  return [
    {
      name: 'public-traffic',
      owner,
      because:
        'The load balancer hands connections of the internet to the proxies and keeps their source address.',
      pods: proxies,
      direction: 'ingress',
      peers: [{ kind: 'anywhere' }],
      ports: ports.public.map(port => ({ port })),
    },
    {
      name: 'to-routed-workloads',
      owner,
      because:
        'Proxies reach the workloads of every namespace that may attach routes; each of them allows it on its side.',
      pods: proxies,
      direction: 'egress',
      peers: [{ kind: 'labelled-namespaces', ...GATEWAY.access }],
      ports: [{ port: PORT }],
    },
    scraped(owner, proxies, ports.metrics, 'metrics-of-proxies'),
  ];
}
