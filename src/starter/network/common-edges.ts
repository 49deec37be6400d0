/** Edges that many components have in the same form. */
import type { Edge, PodPeer } from './edge.ts';

export const PROMETHEUS: PodPeer = {
  kind: 'pods',
  namespace: 'monitoring',
  labels: { 'app.kubernetes.io/name': 'prometheus' },
};

export function scraped(owner: string, pods: PodPeer, port: number, name = 'metrics-from-prometheus'): Edge {
  return {
    name,
    owner,
    because: 'Prometheus scrapes these pods.',
    pods,
    direction: 'ingress',
    peers: [PROMETHEUS],
    ports: [{ port }],
  };
}

/** The API server is no pod: its calls come from addresses of the control plane. */
export function webhook(owner: string, pods: PodPeer, port: number): Edge {
  return {
    name: 'webhook-from-api-server',
    owner,
    because: 'The API server calls the webhook before it stores an object.',
    pods,
    direction: 'ingress',
    peers: [{ kind: 'api-server' }],
    ports: [{ port }],
  };
}

export function toApiServer(owner: string, pods: PodPeer): Edge {
  return {
    name: 'to-api-server',
    owner,
    because: 'Watches and changes objects of the cluster.',
    pods,
    direction: 'egress',
    peers: [{ kind: 'api-server' }],
    ports: [{ port: 443 }],
  };
}

/** None where credentials come without the network. */
export function credentials(owner: string, pods: PodPeer, port: number | null): readonly Edge[] {
  return port === null
    ? []
    : [
        {
          name: 'credentials',
          owner,
          because: 'Gets credentials from the identity agent of its node.',
          pods,
          direction: 'egress',
          peers: [{ kind: 'identity-agent' }],
          ports: [{ port }],
        },
      ];
}
