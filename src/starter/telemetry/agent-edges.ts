/** What every agent must reach: the API, its own copies, the service outside, and the identity that it writes with. */
import type { ModuleInput } from '../module.ts';
import { credentials, scraped, toApiServer } from '../network/common-edges.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import { AGENT_PORT } from './agent.ts';

export function agentEdges(
  { foundation }: ModuleInput,
  { owner, pods, ofCloud }: { readonly owner: string; readonly pods: PodPeer; readonly ofCloud: boolean },
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
    {
      name: 'to-service-outside',
      owner,
      because: 'Hands over what it has read to a service outside the cluster, whose addresses change.',
      pods,
      direction: 'egress',
      peers: [{ kind: 'anywhere' }],
      ports: [{ port: 443 }],
    },
    ...(ofCloud ? credentials(owner, pods, foundation.identityAgentPort) : []),
  ];
}
