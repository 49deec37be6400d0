/** Vector between the agent of the logs and Azure Monitor: Azure takes them over HTTPS from whoever shows a token of Entra. */
import type { Id } from '../../../content/catalogue.ts';
import type { Contribution } from '../../contribution.ts';
import type { Foundation, Grant } from '../../foundation.ts';
import type { Edge, PodPeer } from '../../network/edge.ts';

export const LOGS_NAMESPACE = 'logging';
export const WRITER = 'logs-writer';
export const WRITER_PORT = 4318;
export const WRITER_PODS: PodPeer = {
  kind: 'pods',
  namespace: LOGS_NAMESPACE,
  labels: { 'app.kubernetes.io/name': 'vector', 'app.kubernetes.io/instance': WRITER },
};
/** What the rule of Azure takes: one stream, whose columns stand in pod-logs.tf. */
export const STREAM = 'Custom-PodLogs';

export function logsWriter(
  decision: Id,
  { systemPool }: Pick<Foundation, 'systemPool'>,
  { annotations, podLabels }: Grant,
): Contribution {
  return {
    components: [
      {
        id: WRITER,
        decision,
        layer: 'platform-obs',
        says: 'Takes logs from the agent, and writes them into the workspace of Azure with the identity of its service account.',
        chart: {
          release: 'vector',
          namespace: LOGS_NAMESPACE,
          crds: 'skip',
          values: {
            fullnameOverride: WRITER,
            role: 'Stateless-Aggregator',
            replicas: 2,
            ...systemPool,
            podPriorityClassName: 'platform-critical',
            podDisruptionBudget: { enabled: true, minAvailable: 1 },
            podLabels,
            serviceAccount: { annotations, automountToken: false },
            rbac: { create: false },
            podSecurityContext: {
              runAsNonRoot: true,
              runAsUser: 10001,
              runAsGroup: 10001,
              fsGroup: 10001,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            },
            resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'topology.kubernetes.io/zone',
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: { matchLabels: WRITER_PODS.kind === 'pods' ? WRITER_PODS.labels : {} },
              },
            ],
            containerPorts: [{ name: 'otlp-http', containerPort: WRITER_PORT, protocol: 'TCP' }],
            service: { ports: [{ name: 'otlp-http', port: WRITER_PORT, protocol: 'TCP' }] },
            serviceHeadless: { enabled: false },
            readinessProbe: { tcpSocket: { port: WRITER_PORT } },
            livenessProbe: { tcpSocket: { port: WRITER_PORT }, initialDelaySeconds: 10 },
            customConfig: PIPELINE,
          },
        },
      },
    ],
    edges: EDGES,
    checks: [
      {
        decision,
        says: 'What writes logs to Azure runs.',
        command: `kubectl -n ${LOGS_NAMESPACE} rollout status deployment/${WRITER} --timeout=5m`,
        path: `platform/${WRITER}/values.yaml`,
      },
    ],
  };
}

/** Lines keep the time at which they were written; Azure takes a megabyte in one request. */
const PIPELINE = {
  data_dir: '/vector-data-dir',
  sources: {
    agent: {
      type: 'opentelemetry',
      grpc: { address: '127.0.0.1:4317' },
      http: { address: `0.0.0.0:${WRITER_PORT}` },
    },
  },
  transforms: {
    columns: {
      type: 'remap',
      inputs: ['agent.logs'],
      source: `. = {
  "timestamp": .timestamp,
  "ClusterName": .attributes.cluster,
  "PodNamespace": .attributes.namespace,
  "PodName": .attributes.pod,
  "ContainerName": .attributes.container,
  "LogMessage": .message
}
`,
    },
  },
  sinks: {
    azure: {
      type: 'azure_logs_ingestion',
      inputs: ['columns'],
      endpoint: '${LOGS_ENDPOINT}',
      dcr_immutable_id: '${LOGS_RULE}',
      stream_name: STREAM,
      auth: { azure_credential_kind: 'workload_identity' },
      acknowledgements: { enabled: true },
      batch: { max_bytes: 900_000, timeout_secs: 5 },
    },
  },
} as const;

const EDGES: readonly Edge[] = [
  {
    name: 'logs-from-agent',
    owner: WRITER,
    because: 'The agent of the logs hands over what it has read.',
    pods: WRITER_PODS,
    direction: 'ingress',
    peers: [
      {
        kind: 'pods',
        namespace: LOGS_NAMESPACE,
        labels: { 'app.kubernetes.io/name': 'alloy', 'app.kubernetes.io/instance': 'logs-agent' },
      },
    ],
    ports: [{ port: WRITER_PORT }],
  },
  {
    name: 'to-azure',
    owner: WRITER,
    because: 'Writes to Azure Monitor and gets its token from Entra, whose addresses change.',
    pods: WRITER_PODS,
    direction: 'egress',
    peers: [{ kind: 'anywhere' }],
    ports: [{ port: 443 }],
  },
];
