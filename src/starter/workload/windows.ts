/** The sample for Windows: what a pod there needs, and what of the usual does not exist for it. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';
import { release } from '../release.ts';
import { windowsNodesOf } from '../windows-page.ts';
import { alertRules, alertTests, type SampleAlert } from './alerts.ts';
import {
  accountOf,
  apart,
  budgetOf,
  labelsOf,
  metadataOf,
  NAMESPACE,
  PORT,
  type PodTemplate,
} from './sample.ts';
import type { Sample } from './workloads.ts';

type Container = NonNullable<PodTemplate['spec']>['containers'][number];

const NAME = 'demo-windows';

export function sampleWindows(input: ModuleInput): Sample {
  const alerts = [MISSING];
  return {
    app: {
      id: NAME,
      decision: 'platform-defaults',
      namespace: NAMESPACE,
      says: 'A pod for Windows to copy: it names its system, tolerates the taint of those nodes and is no administrator. Nobody calls it yet.',
      objects: { deployment: [accountOf(NAME), deployment(input)], disruption: [budgetOf(NAME)] },
    },
    rules: { [NAME]: alertRules(input, NAME, alerts) },
    tests: alertTests(input, NAME, alerts),
    edges: [],
    runbooks: [],
    checks: [
      {
        decision: 'platform-defaults',
        says: 'The sample for Windows says so to the scheduler and to Pod Security.',
        command: `grep -q 'kubernetes.io/os: windows' apps/base/${NAME}/deployment.yaml && grep -A1 ' os:$' apps/base/${NAME}/deployment.yaml | grep -q 'name: windows'`,
        path: `apps/base/${NAME}/deployment.yaml`,
      },
    ],
  };
}

function deployment(input: ModuleInput): IDeployment {
  const { labels, annotations } = outsideTheMesh(input);
  const taint = windowsNodesOf(input)?.taint;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...metadataOf(NAME), annotations: { ...NOT_ON_WINDOWS } },
    spec: {
      replicas: 2,
      revisionHistoryLimit: 5,
      minReadySeconds: 10,
      // The first pod on a node waits for an image of gigabytes.
      progressDeadlineSeconds: 1800,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 1 } },
      selector: { matchLabels: { ...labelsOf(NAME) } },
      template: {
        metadata: {
          labels: { ...labelsOf(NAME), ...labels },
          ...(annotations === undefined ? {} : { annotations }),
        },
        spec: {
          os: { name: 'windows' },
          nodeSelector: { 'kubernetes.io/os': 'windows' },
          ...(taint === undefined
            ? {}
            : { tolerations: [{ ...taint, operator: 'Equal', effect: 'NoSchedule' }] }),
          serviceAccountName: NAME,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: NO_ADMINISTRATOR,
          terminationGracePeriodSeconds: 45,
          priorityClassName: 'business-critical',
          ...apart(NAME, { pods: 2, byRevision: 'yes' }),
          containers: [server(input)],
        },
      },
    },
  };
}

const NO_ADMINISTRATOR = {
  runAsNonRoot: true,
  windowsOptions: { runAsUserName: 'ContainerUser' },
};

/** A program of the Kubernetes project that answers with the name of its pod; its image exists for Windows as well. */
function server(input: ModuleInput) {
  const { image, version } = release(input, 'agnhost');
  if (image === null) throw new Error('the table of releases names no image for agnhost');
  return {
    name: 'windows',
    image: `${image}:${version}`,
    imagePullPolicy: 'Always',
    args: ['serve-hostname', `--port=${PORT}`],
    ports: [{ name: 'http', containerPort: PORT }],
    securityContext: NO_ADMINISTRATOR,
    resources: {
      requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '256Mi' },
      limits: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '1Gi' },
    },
    startupProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 5, failureThreshold: 60 },
    livenessProbe: { tcpSocket: { port: 'http' }, periodSeconds: 10, failureThreshold: 6 },
    readinessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 5 },
  } satisfies Container;
}

/** Proxies of a mesh are for Linux: a pod that got one would not start. */
function outsideTheMesh({ stack }: ModuleInput): {
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
} {
  switch (pickOf(stack, 'mesh')) {
    case 'linkerd':
      return { annotations: { 'linkerd.io/inject': 'disabled' } };
    case 'istio-sidecar':
      return { labels: { 'sidecar.istio.io/inject': 'false' } };
    case 'istio-ambient':
      return { labels: { 'istio.io/dataplane-mode': 'none' } };
    default:
      return {};
  }
}

const LINUX_ALONE = 'Only Linux has it; the API refuses it in a pod for Windows.';
/** What scanners ask of every container, whatever its system is. */
const NOT_ON_WINDOWS = {
  'ignore-check.kube-linter.io/no-read-only-root-fs': LINUX_ALONE,
  'kube-score/ignore':
    'container-security-context-user-group-id,container-security-context-readonlyrootfilesystem',
  ...Object.fromEntries(
    ['CKV_K8S_20', 'CKV_K8S_22', 'CKV_K8S_28', 'CKV_K8S_31', 'CKV_K8S_37', 'CKV_K8S_40'].map(
      (check, index) => [`checkov.io/skip${index + 1}`, `${check}=${LINUX_ALONE}`],
    ),
  ),
} as const;

const wanted = `kube_deployment_spec_replicas{namespace="${NAMESPACE}", deployment="${NAME}"}`;
const available = `kube_deployment_status_replicas_available{namespace="${NAMESPACE}", deployment="${NAME}"}`;

const MISSING: SampleAlert = {
  alert: 'WindowsPodsMissing',
  expr: `max(${wanted}) - max(${available}) > 0`,
  for: '45m',
  severity: 'warning',
  summary: 'The sample for Windows has not been whole for three quarters of an hour',
  description: 'No node with Windows takes it, or its image does not fit the release of the nodes.',
  runbook: 'windows-nodes',
  cases: [
    {
      name: 'a pod that finds no node opens a ticket',
      series: { [wanted]: '2x90', [available]: '1x90' },
      at: '60m',
      fires: 'yes',
    },
    {
      name: 'an image that takes its time is silent',
      series: { [wanted]: '2x90', [available]: '0x20 2x70' },
      at: '60m',
      fires: 'no',
    },
  ],
};
