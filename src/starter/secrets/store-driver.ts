/** The driver that mounts secrets of a store, where no cloud runs it: its chart, and beside it that of whoever knows the store. */
import type { Id } from '../../content/catalogue.ts';
import type { Component, Contribution } from '../contribution.ts';
import { podMonitor } from '../edge/monitor.ts';
import { alertRules } from '../metrics/alerts.ts';
import { scraped, toApiServer } from '../network/common-edges.ts';
import type { PodPeer } from '../network/edge.ts';
import type { StarterInput } from '../part.ts';

export const STORE_DRIVER = 'secrets-store-csi-driver';
/** Of its chart. */
const METRICS = 8095;
const PODS: PodPeer = { kind: 'pods', namespace: STORE_DRIVER, labels: { app: STORE_DRIVER } };

interface StoreProvider {
  /** Reads the store on every node; in the namespace of the driver, after which it comes. */
  readonly component: Omit<Component, 'decision' | 'layer'>;
  /** Whom tokens of pods are for, by which the provider reads as the pod. */
  readonly audiences: readonly string[];
  /** How often a mounted secret is read again, `2m`; null where a pod has to be started anew. */
  readonly readAgain: string | null;
  readonly daemonSet: string;
}

export function storeDriver(
  input: StarterInput,
  decision: Id,
  { component, audiences, readAgain, daemonSet }: StoreProvider,
): Contribution {
  return {
    namespaces: [
      {
        name: STORE_DRIVER,
        decision,
        podSecurity: 'privileged',
        because:
          'The driver mounts secrets on its node, in folders of the kubelet; nothing else may be put here.',
        owner: 'platform',
        quota: null,
      },
    ],
    components: [
      {
        id: STORE_DRIVER,
        decision,
        layer: 'platform-core',
        says: 'Mounts secrets into the pods that name them, with a token of the pod itself. It has no rights at the store, and stores nothing in the cluster.',
        chart: {
          release: STORE_DRIVER,
          namespace: STORE_DRIVER,
          crds: 'create-replace',
          values: {
            linux: {
              // Kinds come with the chart, without a job that may change any of the cluster.
              crds: { enabled: false },
              priorityClassName: 'system-node-critical',
              registrar: { logVerbosity: 2 },
            },
            syncSecret: { enabled: false },
            tokenRequests: audiences.map(audience => ({ audience })),
            ...(readAgain === null
              ? { enableSecretRotation: false }
              : { enableSecretRotation: true, rotationPollInterval: readAgain }),
          },
        },
        objects: {
          monitors: [podMonitor(STORE_DRIVER, PODS, { port: 'metrics' })],
          alerts: [alerts(input, readAgain)],
        },
      },
      { ...component, decision, layer: 'platform-core' },
    ],
    edges: [toApiServer(STORE_DRIVER, PODS), scraped(STORE_DRIVER, PODS, METRICS)],
    checks: [
      {
        decision,
        says: 'The driver and what reads the store run on every node.',
        command: `kubectl -n ${STORE_DRIVER} rollout status daemonset/${STORE_DRIVER} --timeout=5m && kubectl -n ${STORE_DRIVER} rollout status daemonset/${daemonSet} --timeout=5m`,
        path: `platform/${STORE_DRIVER}/values.yaml`,
      },
    ],
  };
}

function alerts(input: StarterInput, readAgain: string | null) {
  const notMounted = {
    alert: 'SecretsNotMounted',
    expr: 'sum by (provider, error_type) (increase(node_publish_error_total[15m])) > 3',
    lasting: '5m',
    severity: 'warning',
    summary: 'Pods wait for secrets: {{ $labels.error_type }} of {{ $labels.provider }}.',
    description: 'A pod does not start until what it mounts was read. Those that run keep what they have.',
    runbook: 'secrets',
  } as const;
  const notReadAgain = {
    alert: 'SecretsNotReadAgain',
    expr: 'sum by (provider, error_type) (increase(rotation_reconcile_error_total[30m])) > 3',
    lasting: '15m',
    severity: 'warning',
    summary: 'Mounted secrets grow old: {{ $labels.error_type }} of {{ $labels.provider }}.',
    description: 'Pods run on with the values of before; one that was taken back soon works no more.',
    runbook: 'secrets',
  } as const;
  return alertRules(input, { name: STORE_DRIVER, namespace: STORE_DRIVER }, [
    notMounted,
    ...(readAgain === null ? [] : [notReadAgain]),
  ]);
}
