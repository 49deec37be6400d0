/** The sample batch work: a report every night, and a migration that runs once per version. */
import type { ICronJob, IJob } from 'kubernetes-models/batch/v1';
import type { ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';
import { alertRules, alertTests } from './alerts.ts';
import { batchAlerts, batchRunbook } from './batch/alerts.ts';
import {
  accountOf,
  CONTAINER_SECURITY,
  labelsOf,
  metadataOf,
  NAMESPACE,
  type PodTemplate,
  podOf,
  SCRATCH,
  sampleImage,
} from './sample.ts';
import type { Sample } from './workloads.ts';

const NAME = 'demo-batch';
const REPORT = 'demo-report';
const MIGRATION = 'demo-migration';

export function sampleBatch(input: ModuleInput): Sample {
  const alerts = batchAlerts(REPORT, MIGRATION);
  return {
    app: {
      id: NAME,
      decision: 'platform-defaults',
      namespace: NAMESPACE,
      says: 'Batch work to copy: it may be run twice, ends by itself, and somebody hears of it when it did not run.',
      objects: {
        report: [accountOf(REPORT), report(input)],
        migration: [accountOf(MIGRATION), migration(input)],
      },
    },
    rules: { [NAME]: alertRules(input, NAME, alerts) },
    tests: alertTests(input, NAME, alerts),
    edges: [],
    runbooks: [batchRunbook(REPORT, MIGRATION)],
  };
}

function report(input: ModuleInput): ICronJob {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadataOf(REPORT),
    spec: {
      schedule: '17 3 * * *',
      timeZone: 'Etc/UTC',
      // A run that is late waits for nobody, and two never run at once.
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: {
          backoffLimit: 2,
          activeDeadlineSeconds: 1800,
          template: batchPod(input, REPORT, 'can-wait'),
        },
      },
    },
  };
}

/** By delivery tool: what makes it replace a Job, whose template cannot be changed. */
const REPLACED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  flux: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
  'argo-cd': { 'argocd.argoproj.io/sync-options': 'Force=true,Replace=true' },
};

function migration(input: ModuleInput): IJob {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      ...metadataOf(MIGRATION),
      annotations: {
        ...REPLACED[pickOf(input.stack, 'gitops') ?? ''],
        'ignore-check.kube-linter.io/job-ttl-seconds-after-finished':
          'Once it is removed, delivery makes it again and it runs again: it stays until the next version replaces it.',
      },
    },
    spec: {
      backoffLimit: 3,
      activeDeadlineSeconds: 900,
      template: batchPod(input, MIGRATION, 'business-critical'),
    },
  };
}

/** A pod that does its work and ends. */
export function batchPod(input: ModuleInput, name: string, priorityClassName: string) {
  return {
    metadata: { labels: { ...labelsOf(name) } },
    spec: {
      ...podOf(input, name),
      restartPolicy: 'Never',
      priorityClassName,
      containers: [
        {
          name: 'run',
          image: sampleImage(input),
          imagePullPolicy: 'Always',
          command: ['./podinfo', '--version'],
          resources: {
            requests: { cpu: '100m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
            limits: { cpu: '1', memory: '128Mi', 'ephemeral-storage': '128Mi' },
          },
          securityContext: CONTAINER_SECURITY,
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
      volumes: [SCRATCH],
    },
  } satisfies PodTemplate;
}
