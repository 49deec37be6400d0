/** Who may send traces, whatever takes them. */
import type { Edge, PodPeer } from '../network/edge.ts';

export const DECISION = 'traces';
export const NAMESPACE = 'tracing';
/** Namespaces that carry it may send traces. */
export const SENDER = { label: 'sends-traces', value: 'enabled' } as const;

export function fromWorkloads(owner: string, pods: PodPeer): Edge {
  return {
    name: 'traces-from-workloads',
    owner,
    because: 'Workloads send traces in the form of OpenTelemetry.',
    pods,
    direction: 'ingress',
    peers: [{ kind: 'labelled-namespaces', label: SENDER.label, value: SENDER.value }],
    ports: [{ port: 4317 }, { port: 4318 }],
  };
}

/** The first and the last step of the page on traces that are missing. */
export function sends(name: string): string {
  return `A service sends traces to \`http://${name}.${NAMESPACE}:4318\` (OpenTelemetry over HTTP) or to port 4317 (gRPC)`;
}
export const LET_OUT = `Its namespace carries the label \`${SENDER.label}: ${SENDER.value}\`, and a policy lets its pods out to the namespace ${NAMESPACE}.`;
export const IN_PART =
  'A trace is there in part: a service in between does not pass the header `traceparent` on.';
export const SAMPLING =
  'Send a tenth of the traces and all that failed, decided where they begin; sending everything costs more than it shows.';
