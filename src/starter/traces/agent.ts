/** Traces to a service outside: of the cloud, or of a vendor. Workloads send them to the agent and know nothing else. */
import { collect } from '../collect.ts';
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import type { PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { agentComponent, agentLabels } from '../telemetry/agent.ts';
import { agentEdges } from '../telemetry/agent-edges.ts';
import {
  VENDOR_ENVIRONMENT,
  VENDOR_SECRET,
  VENDOR_SINK,
  vendorKey,
  vendorNamespaceLabels,
} from '../telemetry/vendor.ts';
import { DECISION, fromWorkloads, IN_PART, LET_OUT, NAMESPACE, SAMPLING, sends } from './senders.ts';

const NAME = 'traces-agent';
const PODS: PodPeer = { kind: 'pods', namespace: NAMESPACE, labels: agentLabels({ id: NAME }) };

export function managedTraces(input: ModuleInput): Contribution | NotGenerated {
  const service = input.foundation.services?.traces;
  if (service === undefined)
    return {
      notGenerated: 'The way to the trace service of this cloud is not generated yet: traces go nowhere.',
    };
  const grant = service.rights(DECISION, { namespace: NAMESPACE, name: NAME });
  return collect([
    service.beside(DECISION),
    {
      files: grant.files,
      namespaces: [platformNamespace(NAMESPACE, DECISION)],
      components: [
        agentComponent(input.foundation, {
          ...AGENT,
          says: `Takes traces of the workloads and hands them to ${service.title}.`,
          pipeline: `${TAKING}\n${service.sink}`,
          environment: service.environment,
          secret: null,
          grant,
          ...(service.stability === undefined ? {} : { stability: service.stability }),
        }),
      ],
      edges: [...agentEdges(input, { owner: NAME, pods: PODS, ofCloud: true }), fromWorkloads(NAME, PODS)],
      runbooks: [runbook(service.title)],
      checks: CHECKS,
    },
  ]);
}

export function vendorTraces(input: ModuleInput): Contribution {
  return collect([
    vendorKey(input, DECISION, NAMESPACE),
    {
      namespaces: [{ ...platformNamespace(NAMESPACE, DECISION), labels: vendorNamespaceLabels(input) }],
      components: [
        agentComponent(input.foundation, {
          ...AGENT,
          says: 'Takes traces of the workloads and hands them to the vendor.',
          pipeline: `${TAKING}\n${VENDOR_SINK}`,
          environment: VENDOR_ENVIRONMENT,
          secret: VENDOR_SECRET,
          grant: null,
        }),
      ],
      edges: [...agentEdges(input, { owner: NAME, pods: PODS, ofCloud: false }), fromWorkloads(NAME, PODS)],
      runbooks: [runbook('the vendor')],
      checks: CHECKS,
    },
  ]);
}

const AGENT = {
  id: NAME,
  decision: DECISION,
  namespace: NAMESPACE,
  memory: { request: '256Mi', limit: '1Gi' },
  ports: [
    { name: 'otlp-grpc', port: 4317 },
    { name: 'otlp-http', port: 4318 },
  ],
} as const;

const CHECKS = [
  {
    decision: DECISION,
    says: 'The agent that takes traces is installed.',
    command: `grep -q 'otelcol.receiver.otlp' platform/${NAME}/values.yaml`,
    path: `platform/${NAME}/values.yaml`,
  },
  {
    decision: DECISION,
    says: 'The agent that takes traces runs.',
    command: `kubectl -n ${NAMESPACE} rollout status deployment/${NAME} --timeout=5m`,
    path: `platform/${NAME}/values.yaml`,
  },
];

const TAKING = `otelcol.receiver.otlp "workloads" {
  grpc {
    endpoint = "0.0.0.0:4317"
  }
  http {
    endpoint = "0.0.0.0:4318"
  }

  output {
    traces = [otelcol.processor.memory_limiter.workloads.input]
  }
}

otelcol.processor.memory_limiter "workloads" {
  check_interval         = "1s"
  limit_percentage       = 75
  spike_limit_percentage = 20

  output {
    traces = [otelcol.processor.batch.store.input]
  }
}
`;

function runbook(title: string) {
  return {
    id: 'traces-missing',
    title: 'Traces are missing',
    text: `${sends(NAME)}; the agent hands them to ${title}.

1. ${LET_OUT}
2. What arrives and what leaves: \`otelcol_receiver_accepted_spans\` against \`otelcol_exporter_sent_spans\` of the agent.
3. Nothing leaves: \`kubectl -n ${NAMESPACE} logs -l app.kubernetes.io/instance=${NAME} --tail=50\`. A refusal of access means that the identity or the key
   of the agent is wrong.
4. ${IN_PART}

${SAMPLING}
`,
  };
}
