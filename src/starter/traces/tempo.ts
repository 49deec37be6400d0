/** Tempo: traces in a bucket, read in Grafana. */

import type { Contribution } from '../contribution.ts';
import type { Foundation, Grant } from '../foundation.ts';
import { dataSource, fromGrafana, hasGrafana } from '../metrics/data-source.ts';
import type { ModuleInput } from '../module.ts';
import { credentials, scraped } from '../network/common-edges.ts';
import type { PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { DECISION, fromWorkloads, IN_PART, LET_OUT, NAMESPACE, SAMPLING, sends } from './senders.ts';

const NAME = 'tempo';
const PODS: PodPeer = { kind: 'pods', namespace: NAMESPACE, labels: { 'app.kubernetes.io/name': NAME } };
const QUERIES = 3200;
const RETENTION_DAYS = 14;
export const TRACE_STORE = { id: 'traces', days: RETENTION_DAYS + 7 } as const;

export function tempo(input: ModuleInput): Contribution {
  const { foundation } = input;
  const grant = foundation.rights.objectStore(DECISION, { namespace: NAMESPACE, name: NAME }, TRACE_STORE);
  return {
    files: grant.files,
    namespaces: [platformNamespace(NAMESPACE, DECISION)],
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-obs',
        says: `One copy with its traces in a bucket for ${RETENTION_DAYS} days: while it restarts, traces are lost and nothing else is.`,
        chart: { release: NAME, namespace: NAMESPACE, crds: 'skip', values: values(foundation, grant) },
      },
    ],
    config: [
      ...dataSource(input, DECISION, {
        id: NAME,
        type: 'tempo',
        url: `http://${NAME}.${NAMESPACE}:${QUERIES}`,
      }),
    ],
    edges: [
      fromWorkloads(NAME, PODS),
      {
        name: 'to-bucket',
        owner: NAME,
        because: 'Traces lie in a bucket, whose addresses change.',
        pods: PODS,
        direction: 'egress',
        peers: [{ kind: 'anywhere' }],
        ports: [{ port: 443 }],
      },
      scraped(NAME, PODS, QUERIES),
      ...credentials(NAME, PODS, foundation.identityAgentPort),
      ...fromGrafana(input, NAME, PODS, QUERIES),
    ],
    runbooks: [runbook(input)],
    checks: [
      {
        decision: DECISION,
        says: 'Tempo runs and takes traces.',
        command: `kubectl -n ${NAMESPACE} rollout status statefulset/${NAME} --timeout=10m`,
        path: `platform/${NAME}/values.yaml`,
      },
    ],
  };
}

function values({ systemPool, storageClass, objectStorage }: Foundation, grant: Grant) {
  return {
    tempo: {
      reportingEnabled: false,
      ...(grant.keys === undefined ? {} : { extraEnvFrom: [{ secretRef: { name: grant.keys } }] }),
      retention: `${RETENTION_DAYS * 24}h`,
      storage: { trace: objectStorage.tempo('traces') },
      receivers: {
        otlp: {
          protocols: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } },
        },
        // Ports that nobody asked for stay closed.
        jaeger: null,
      },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
      },
      resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '2Gi' } },
    },
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    serviceAccount: { name: NAME, annotations: grant.annotations, automountServiceAccountToken: false },
    podLabels: grant.podLabels,
    ...systemPool,
    priorityClassName: 'platform-critical',
    persistence: { enabled: true, size: '10Gi', storageClassName: storageClass },
    serviceMonitor: { enabled: true },
  };
}

const runbook = (input: ModuleInput) => ({
  id: 'traces-missing',
  title: 'Traces are missing',
  text: `${sends(NAME)}.

1. ${LET_OUT}
2. What arrives: ${hasGrafana(input) ? 'in Grafana, ' : ''}\`rate(tempo_distributor_spans_received_total[5m])\`.
3. Nothing is stored: \`kubectl -n ${NAMESPACE} logs -l app.kubernetes.io/name=${NAME} --tail=50\`; *AccessDenied* means that role and
   bucket do not agree.
4. ${IN_PART}

${SAMPLING}
`,
});
