/** What clusters that Istio joins need of the network: gateway, control plane, and those who call and are called. */
import type { ModuleInput } from '../../module.ts';
import { scraped } from '../../network/common-edges.ts';
import type { Edge } from '../../network/edge.ts';
import { apiPort, elsewhere } from '../joined/edges.ts';
import { wayBetween } from '../joined/way.ts';
import { admissions, type Members } from '../members.ts';
import { ISTIOD, toIstiod } from './control-plane.ts';
import { CROSSING, EAST_WEST, EAST_WEST_PODS } from './names.ts';

const SIDECAR_METRICS = 15090;

export function eastWestEdges(input: ModuleInput): readonly Edge[] {
  return [
    {
      name: 'calls-of-other-clusters',
      owner: EAST_WEST,
      because:
        'Proxies of joined clusters come to the gateway, which hands their handshake on to the workload.',
      pods: EAST_WEST_PODS,
      direction: 'ingress',
      peers: [{ kind: 'anywhere' }],
      ports: [{ port: CROSSING }],
    },
    toIstiod(EAST_WEST, 'gateway-to-istiod', EAST_WEST_PODS),
    scraped(EAST_WEST, EAST_WEST_PODS, SIDECAR_METRICS),
    {
      name: 'to-other-clusters',
      owner: EAST_WEST,
      because: 'Reads from the APIs of joined clusters which pods stand behind a service.',
      pods: ISTIOD,
      direction: 'egress',
      peers: elsewhere(input),
      ports: [{ port: apiPort(input) }],
    },
  ];
}

/** Members call gateways of other clusters; what members may reach, calls of theirs reach by the gateway, with the same identity. */
export function acrossClusters(
  input: ModuleInput,
  whole: readonly Edge[],
  members: Members,
): readonly Edge[] {
  if (wayBetween(input) === null) return [];
  const called = admissions(whole, members).filter(({ from }) => from.length > 0);
  const open = members.namespaces.flatMap(namespace => {
    const own = called.filter(({ pods }) => pods.namespace === namespace).map(({ port }) => port);
    const ports = [...new Set(own)].sort((a, b) => a - b).map(port => ({ port }));
    return ports.length === 0 ? [] : [{ pods: { kind: 'pods', namespace } as const, ports }];
  });
  return [
    ...open.map(
      ({ pods, ports }): Edge => ({
        name: 'from-gateway-of-clusters',
        owner: EAST_WEST,
        because:
          'Calls of other clusters come by the gateway; the proxy sees who sent them, and asks its policies.',
        pods,
        direction: 'ingress',
        peers: [EAST_WEST_PODS],
        ports,
      }),
    ),
    ...open.map(
      ({ pods, ports }): Edge => ({
        name: `to-workloads-of-${pods.namespace}`,
        owner: EAST_WEST,
        because: 'Hands calls of other clusters to workloads that others in the mesh may call.',
        pods: EAST_WEST_PODS,
        direction: 'egress',
        peers: [pods],
        ports,
      }),
    ),
    ...members.namespaces.map(
      (namespace): Edge => ({
        name: 'to-gateways-of-clusters',
        owner: EAST_WEST,
        because: 'Calls to services of other clusters go to the gateways there.',
        pods: { kind: 'pods', namespace },
        direction: 'egress',
        peers: elsewhere(input),
        ports: [{ port: CROSSING }],
      }),
    ),
  ];
}
