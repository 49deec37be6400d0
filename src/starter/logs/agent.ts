/** Logs to a service outside: of the cloud, or of a vendor. */

import { collect } from '../collect.ts';
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import type { PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { agentComponent, agentLabels } from '../telemetry/agent.ts';
import { agentEdges } from '../telemetry/agent-edges.ts';
import { readingLogs } from '../telemetry/alloy.ts';
import {
  VENDOR_ENVIRONMENT,
  VENDOR_SECRET,
  VENDOR_SINK,
  vendorKey,
  vendorNamespaceLabels,
} from '../telemetry/vendor.ts';

const DECISION = 'logs';
const NAMESPACE = 'logging';
const NAME = 'logs-agent';
const PODS: PodPeer = { kind: 'pods', namespace: NAMESPACE, labels: agentLabels({ id: NAME }) };

export function managedLogs(input: ModuleInput): Contribution | NotGenerated {
  const service = input.foundation.services?.logs;
  if (service === undefined)
    return {
      notGenerated:
        'The way to the log service of this cloud is not generated yet: logs stay on the nodes until they rotate.',
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
          says: `Reads logs and events through the API, so that nothing has to mount a disk of its node, and hands them to ${service.title}.`,
          pipeline: `${READING}\n${service.sink}`,
          environment: { CLUSTER_NAME: '${CLUSTER_NAME}', ...service.environment },
          secret: null,
          grant,
          ...(service.stability === undefined ? {} : { stability: service.stability }),
        }),
      ],
      edges: agentEdges(input, {
        owner: NAME,
        pods: PODS,
        ofCloud: true,
        ...(service.within === undefined ? {} : { within: service.within }),
      }),
      runbooks: [runbook(service.title, service.within?.silent)],
      checks: CHECKS,
    },
  ]);
}

export function vendorLogs(input: ModuleInput): Contribution {
  return collect([
    vendorKey(input, DECISION, NAMESPACE),
    {
      namespaces: [{ ...platformNamespace(NAMESPACE, DECISION), labels: vendorNamespaceLabels(input) }],
      components: [
        agentComponent(input.foundation, {
          ...AGENT,
          says: 'Reads logs and events through the API, so that nothing has to mount a disk of its node, and hands them to the vendor.',
          pipeline: `${READING}\n${VENDOR_SINK}`,
          environment: { CLUSTER_NAME: '${CLUSTER_NAME}', ...VENDOR_ENVIRONMENT },
          secret: VENDOR_SECRET,
          grant: null,
        }),
      ],
      edges: agentEdges(input, { owner: NAME, pods: PODS, ofCloud: false }),
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
} as const;

const CHECKS = [
  {
    decision: DECISION,
    says: 'The agent of the logs is installed.',
    command: `grep -q 'loki.source.kubernetes' platform/${NAME}/values.yaml`,
    path: `platform/${NAME}/values.yaml`,
  },
  {
    decision: DECISION,
    says: 'The agent of the logs runs.',
    command: `kubectl -n ${NAMESPACE} rollout status deployment/${NAME} --timeout=5m`,
    path: `platform/${NAME}/values.yaml`,
  },
];

const READING = `${readingLogs({
  namespace: 'namespace',
  pod: 'pod_name',
  container: 'pod_container_name',
})}
// What must not leave the cluster is dropped here.
loki.process "shared" {
  forward_to = [otelcol.receiver.loki.logs.receiver]

  stage.static_labels {
    values = { cluster = sys.env("CLUSTER_NAME") }
  }
}

otelcol.receiver.loki "logs" {
  output {
    logs = [otelcol.processor.batch.store.input]
  }
}
`;

function runbook(title: string, silent?: string) {
  return {
    id: 'logs-missing',
    title: 'Logs are missing',
    text: `Logs are kept and read at ${title}; the cluster holds none.

1. Are they missing for one pod or for all? For all: \`kubectl -n ${NAMESPACE} logs -l app.kubernetes.io/instance=${NAME} --tail=50\`. A refusal of
   access means that the identity or the key of the agent is wrong; a limit that is reached is named.
2. The agent is there and is refused by nobody: \`kubectl -n ${NAMESPACE} port-forward deployment/${NAME} 12345\` shows what each part of it has handed
   on, at \`http://localhost:12345\`.
3. For one pod: the agent reads through the API server what the kubelet still has. A pod that writes faster than the kubelet rotates loses
   lines; write less, or structured.${silent === undefined ? '' : `\n4. ${silent}`}

Logs are personal data sooner than one thinks. What must not leave the cluster is dropped in \`platform/${NAME}/values.yaml\`, in the part
\`loki.process\`.
`,
  };
}
