/** What the sample workloads have in common: names, an account of their own, restricted pods apart from each other. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IServiceAccount } from 'kubernetes-models/v1';
import type { ModuleInput } from '../module.ts';
import type { PodPeer } from '../network/edge.ts';
import { nodesApart } from '../own-agents.ts';
import { answerOf } from '../picks.ts';
import { release } from '../release.ts';

export type PodTemplate = NonNullable<NonNullable<IDeployment['spec']>['template']>;
type PodSpec = NonNullable<PodTemplate['spec']>;
type Container = PodSpec['containers'][number];

export const NAMESPACE = 'demo';
/** Everything that serves HTTP listens here: the policy of the proxies opens this port. */
export const PORT = 8080;
export const METRICS_PORT = 9797;
const USER = 10001;

export function labelsOf(name: string): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': name };
}

export function metadataOf(name: string) {
  return { name, namespace: NAMESPACE, labels: { ...labelsOf(name) } };
}

export function podsOf(name: string): PodPeer {
  return { kind: 'pods', namespace: NAMESPACE, labels: labelsOf(name) };
}

/** Without annotations it has no rights anywhere, and no token of the API server either. */
export function accountOf(name: string, annotations: Readonly<Record<string, string>> = {}): IServiceAccount {
  const named = Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations } };
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { ...metadataOf(name), ...named },
    automountServiceAccountToken: false,
  };
}

export function budgetOf(name: string): IPodDisruptionBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(name),
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: { ...labelsOf(name) } },
    },
  };
}

/** What is the same for every pod: who it is, that it cannot be root, and where it may be placed. */
export function podOf(input: ModuleInput, name: string) {
  const nodes = {
    ...(answerOf(input.stack, 'windows') === 'yes' ? { 'kubernetes.io/os': 'linux' } : {}),
    ...input.foundation.workloadNodes,
  };
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    ...(Object.keys(nodes).length === 0 ? {} : { nodeSelector: nodes }),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      fsGroup: USER,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  } as const;
}

/** One zone may have one pod more than another, and no node two where it can be helped. */
export function apart(name: string, least: { readonly pods: number; readonly byRevision: 'yes' | 'no' }) {
  const selector = { matchLabels: { ...labelsOf(name) } };
  return {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'DoNotSchedule',
        ...(least.pods >= 3 ? { minDomains: 3 } : {}),
        ...(least.byRevision === 'yes' ? { matchLabelKeys: ['pod-template-hash'] } : {}),
        labelSelector: selector,
      },
    ],
    affinity: nodesApart(selector.matchLabels),
  } satisfies Partial<PodSpec>;
}

export const CONTAINER_SECURITY = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  privileged: false,
  capabilities: { drop: ['ALL'] },
} satisfies Container['securityContext'];

/** The stand-in for an image of the user's own. */
export function sampleImage(input: ModuleInput): string {
  const { image, version } = release(input, 'podinfo');
  if (image === null) throw new Error('the table of releases names no image for podinfo');
  return `${image}:${version}`;
}

/** The stand-in as a server that answers probes and is measured. */
export function serverOf(input: ModuleInput, name: string) {
  return {
    name,
    image: sampleImage(input),
    imagePullPolicy: 'Always',
    command: ['./podinfo', `--port=${PORT}`, `--port-metrics=${METRICS_PORT}`, '--level=info'],
    ports: [
      { name: 'http', containerPort: PORT },
      { name: 'http-metrics', containerPort: METRICS_PORT },
    ],
    resources: {
      requests: { cpu: '100m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
      limits: { cpu: '1', memory: '128Mi', 'ephemeral-storage': '128Mi' },
    },
    securityContext: CONTAINER_SECURITY,
    startupProbe: {
      httpGet: { path: '/healthz', port: 'http' },
      periodSeconds: 2,
      failureThreshold: 30,
    },
    livenessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 10 },
    readinessProbe: { httpGet: { path: '/readyz', port: 'http' }, periodSeconds: 5 },
    // Requests still come in while the gateway learns that the pod goes.
    lifecycle: { preStop: { sleep: { seconds: 15 } } },
    volumeMounts: [{ name: 'data', mountPath: '/data' }],
  } satisfies Container;
}

/** Room that is gone with the pod; the rest of its file system cannot be written to. */
export const SCRATCH = { name: 'data', emptyDir: { sizeLimit: '64Mi' } };
