/** What clusters that Linkerd joins need of the network: gateway, controllers, and those who call and are called. */
import type { ModuleInput } from '../../module.ts';
import { scraped, toApiServer } from '../../network/common-edges.ts';
import type { Edge, PodPeer } from '../../network/edge.ts';
import { apiPort, elsewhere } from '../joined/edges.ts';
import { wayBetween } from '../joined/way.ts';
import type { Members } from '../members.ts';
import { ADMIN, CONTROLLERS, GATEWAY_PODS, INBOUND, MULTICLUSTER } from './names.ts';

/** Where a controller says whether the gateway of the other cluster answers. */
const SIGNS = 9999;

export function multiclusterEdges(input: ModuleInput): readonly Edge[] {
  return [
    {
      name: 'calls-of-other-clusters',
      owner: MULTICLUSTER,
      because: 'Proxies and controllers of joined clusters come to the gateway, each with its certificate.',
      pods: GATEWAY_PODS,
      direction: 'ingress',
      peers: [{ kind: 'anywhere' }],
      ports: [{ port: INBOUND }, { port: ADMIN }],
    },
    toApiServer(MULTICLUSTER, CONTROLLERS),
    {
      name: 'to-other-clusters',
      owner: MULTICLUSTER,
      because: 'Reads services from the APIs of joined clusters, and asks whether their gateways answer.',
      pods: CONTROLLERS,
      direction: 'egress',
      peers: elsewhere(input),
      ports: [{ port: apiPort(input) }, { port: INBOUND }, { port: ADMIN }],
    },
    scraped(MULTICLUSTER, CONTROLLERS, SIGNS),
  ];
}

/** Members call gateways of other clusters, and the gateway of their own hands calls to them; its policies say which. */
export function acrossClusters(input: ModuleInput, { namespaces }: Members): readonly Edge[] {
  if (wayBetween(input) === null) return [];
  const pods = namespaces.map((namespace): PodPeer => ({ kind: 'pods', namespace }));
  return [
    {
      name: 'to-exported-workloads',
      owner: MULTICLUSTER,
      because: 'Hands calls of other clusters to the workloads that let it in.',
      pods: GATEWAY_PODS,
      direction: 'egress',
      peers: pods,
      ports: [{ port: INBOUND }],
    },
    ...pods.flatMap((each): readonly Edge[] => [
      {
        name: 'from-gateway-of-clusters',
        owner: MULTICLUSTER,
        because: 'Calls of other clusters come by the gateway; the proxy asks for a policy that names it.',
        pods: each,
        direction: 'ingress',
        peers: [GATEWAY_PODS],
        ports: [{ port: INBOUND }],
      },
      {
        name: 'to-gateways-of-clusters',
        owner: MULTICLUSTER,
        because: 'Calls to services of other clusters go to the gateways there.',
        pods: each,
        direction: 'egress',
        peers: elsewhere(input),
        ports: [{ port: INBOUND }],
      },
    ]),
  ];
}
