/** What every agent must reach: the API, its own copies, the service outside, and the identity that it writes with. */
import type { ModuleInput } from '../module.ts';
import { credentials, scraped, toApiServer } from '../network/common-edges.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import type { TelemetryService } from '../services.ts';
import { AGENT_PORT } from './agent.ts';

interface Agent extends Pick<TelemetryService, 'within'> {
  readonly owner: string;
  readonly pods: PodPeer;
  readonly ofCloud: boolean;
}

export function agentEdges(
  { foundation }: ModuleInput,
  { owner, pods, ofCloud, within }: Agent,
): readonly Edge[] {
  return [
    toApiServer(owner, pods),
    scraped(owner, pods, AGENT_PORT, 'metrics-of-agent'),
    ...(['ingress', 'egress'] as const).map(
      (direction): Edge => ({
        name: direction === 'ingress' ? 'shares-from-agents' : 'shares-to-agents',
        owner,
        because: 'The copies of the agent agree on who reads what.',
        pods,
        direction,
        peers: [pods],
        ports: [{ port: AGENT_PORT }],
      }),
    ),
    handsOver(owner, pods, within),
    ...(ofCloud ? credentials(owner, pods, foundation.identityAgentPort) : []),
  ];
}

function handsOver(owner: string, pods: PodPeer, within: Agent['within']): Edge {
  const edge = { owner, pods, direction: 'egress' } as const;
  return within === undefined
    ? {
        ...edge,
        name: 'to-service-outside',
        because: 'Hands over what it has read to a service outside the cluster, whose addresses change.',
        peers: [{ kind: 'anywhere' }],
        ports: [{ port: 443 }],
      }
    : {
        ...edge,
        name: 'to-writer',
        because: 'Hands over what it has read to what writes it to a service outside the cluster.',
        peers: [within.peer],
        ports: [{ port: within.port }],
      };
}
