/** Grafana Alloy as the agent of one signal: reads it in the cluster and hands it to a service outside. */
import type { Id } from '../../content/catalogue.ts';
import type { Component, HelmValues } from '../contribution.ts';
import type { Foundation, Grant } from '../foundation.ts';
import { ALLOY_RELOADER, ALLOY_SECURITY } from './alloy.ts';

export interface Agent {
  readonly id: Id;
  readonly decision: Id;
  readonly namespace: string;
  readonly says: string;
  /** In the language of Alloy. */
  readonly pipeline: string;
  readonly environment: Readonly<Record<string, string>>;
  /** A Secret whose keys become variables of the environment as well. */
  readonly secret: string | null;
  readonly grant: Grant | null;
  /** The name that its pods carry, where policies already know one. */
  readonly knownAs?: string;
  /** Ports that it listens on beside its own. */
  readonly ports?: readonly { readonly name: string; readonly port: number }[];
  readonly memory: { readonly request: string; readonly limit: string };
  /** Parts of Alloy in the pipeline that may still change. */
  readonly stability?: 'public-preview';
}

export const AGENT_PORT = 12345;

export function agentComponent(foundation: Foundation, agent: Agent): Component {
  return {
    id: agent.id,
    decision: agent.decision,
    layer: 'platform-obs',
    says: agent.says,
    chart: {
      release: 'alloy',
      namespace: agent.namespace,
      crds: 'skip',
      values: values(foundation, agent),
    },
  };
}

/** As the chart labels its pods. */
export function agentLabels({ id, knownAs = 'alloy' }: Pick<Agent, 'id' | 'knownAs'>) {
  return { 'app.kubernetes.io/name': knownAs, 'app.kubernetes.io/instance': id } as const;
}

function values({ systemPool }: Foundation, agent: Agent): HelmValues {
  const { id, knownAs, pipeline, environment, secret, grant, ports = [], memory, stability } = agent;
  return {
    ...(knownAs === undefined ? {} : { nameOverride: knownAs }),
    fullnameOverride: id,
    alloy: {
      clustering: { enabled: true },
      enableReporting: false,
      ...(stability === undefined ? {} : { stabilityLevel: stability }),
      configMap: { content: pipeline },
      extraEnv: Object.entries(environment).map(([name, value]) => ({ name, value })),
      ...(secret === null ? {} : { envFrom: [{ secretRef: { name: secret } }] }),
      ...(ports.length === 0
        ? {}
        : { extraPorts: ports.map(({ name, port }) => ({ name, port, targetPort: port })) }),
      securityContext: ALLOY_SECURITY,
      mounts: { extra: [{ name: 'data', mountPath: '/tmp/alloy' }] },
      resources: {
        requests: { cpu: '100m', memory: memory.request },
        limits: { memory: memory.limit },
      },
    },
    configReloader: ALLOY_RELOADER,
    controller: {
      type: 'deployment',
      replicas: 3,
      podLabels: grant?.podLabels ?? {},
      ...systemPool,
      priorityClassName: 'platform-critical',
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      volumes: { extra: [{ name: 'data', emptyDir: { sizeLimit: '2Gi' } }] },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: agentLabels(agent) },
        },
      ],
    },
    crds: { create: false },
    serviceAccount: { name: id, annotations: grant?.annotations ?? {} },
    serviceMonitor: { enabled: true },
  };
}
