/** What operator, plugin and instances must reach, and who may connect to a database. */
import { credentials, PROMETHEUS, scraped, toApiServer, webhook } from '../../network/common-edges.ts';
import type { Edge, Peer, PodPeer } from '../../network/edge.ts';
import { CALLERS, DATABASE_PODS, OPERATOR, OPERATOR_PODS, PLUGIN, PLUGIN_PODS, PORT } from './names.ts';

/** An instance answers the operator and its peers there. */
const STATUS = 8000;
const MEASURED = 9187;
const PLUGIN_PORT = 9090;

export function databaseEdges(identityAgentPort: number | null): readonly Edge[] {
  const both = (name: string, because: string, from: PodPeer, to: PodPeer, ports: readonly number[]) =>
    [
      edge(`${name}-out`, because, from, 'egress', [to], ports),
      edge(`${name}-in`, because, to, 'ingress', [from], ports),
    ] as const;
  return [
    webhook(OPERATOR, OPERATOR_PODS, 9443),
    toApiServer(OPERATOR, OPERATOR_PODS),
    scraped(OPERATOR, OPERATOR_PODS, 8080),
    { ...toApiServer(PLUGIN, PLUGIN_PODS), name: 'plugin-to-api-server' },
    ...both(
      'plugin',
      'The operator asks the plugin what to add to an instance.',
      OPERATOR_PODS,
      PLUGIN_PODS,
      [PLUGIN_PORT],
    ),
    ...both(
      'operator',
      'The operator asks instances how they are and tells them what to do.',
      OPERATOR_PODS,
      DATABASE_PODS,
      [STATUS, PORT],
    ),
    ...both(
      'instances',
      'Instances copy from the first one and ask each other whether it is still there.',
      DATABASE_PODS,
      DATABASE_PODS,
      [STATUS, PORT],
    ),
    {
      ...toApiServer(OPERATOR, DATABASE_PODS),
      because: 'An instance reads what it should be and says what it is.',
    },
    edge(
      'queries-of-workloads',
      'Namespaces that carry the label may connect; a role and a password are needed on top.',
      DATABASE_PODS,
      'ingress',
      [{ kind: 'labelled-namespaces', label: CALLERS.label, value: CALLERS.value }],
      [PORT],
    ),
    edge(
      'metrics-of-databases',
      'Prometheus scrapes these pods.',
      DATABASE_PODS,
      'ingress',
      [PROMETHEUS],
      [MEASURED],
    ),
    edge(
      'to-backups',
      'Backups and every change go to the object store, whose addresses change.',
      DATABASE_PODS,
      'egress',
      [{ kind: 'anywhere' }],
      [443],
    ),
    ...credentials(OPERATOR, DATABASE_PODS, identityAgentPort),
  ];
}

function edge(
  name: string,
  because: string,
  pods: PodPeer,
  direction: Edge['direction'],
  peers: readonly Peer[],
  ports: readonly number[],
): Edge {
  return { name, owner: OPERATOR, because, pods, direction, peers, ports: ports.map(port => ({ port })) };
}
