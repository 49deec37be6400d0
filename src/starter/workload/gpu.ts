/** The sample work on a GPU: begins when one is free, and looks for the device that it was given. */
import type { ICronJob } from 'kubernetes-models/batch/v1';
import type { ModuleInput } from '../module.ts';
import { alertRules, alertTests } from './alerts.ts';
import { batchPod } from './batch.ts';
import { GPU_RUNBOOK, gpuAlerts } from './gpu/alerts.ts';
import { devicePlugin } from './gpu/device-plugin.ts';
import { accountOf, metadataOf, NAMESPACE } from './sample.ts';
import type { Sample } from './workloads.ts';

const NAME = 'demo-gpu';
const GPU = 'nvidia.com/gpu';

export function sampleGpu(input: ModuleInput): Sample {
  const alerts = gpuAlerts(NAME);
  return {
    app: {
      id: NAME,
      decision: 'platform-defaults',
      namespace: NAMESPACE,
      says: 'Work on a GPU to copy: it asks for one, tolerates the taint of their nodes, and ends by itself, so that the node can go again.',
      objects: { training: [accountOf(NAME), training(input)] },
    },
    rules: { [NAME]: alertRules(input, NAME, alerts) },
    tests: alertTests(input, NAME, alerts),
    edges: [],
    runbooks: [GPU_RUNBOOK],
    ...(input.foundation.gpu?.plugin === 'to-install' ? { beside: devicePlugin(input) } : {}),
  };
}

function training(input: ModuleInput): ICronJob {
  const { spec, metadata } = batchPod(input, NAME, 'can-wait');
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadataOf(NAME),
    spec: {
      schedule: '42 1 * * *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      // A node with a GPU may take a while, and may not come at all.
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: {
          backoffLimit: 1,
          activeDeadlineSeconds: 7200,
          template: {
            metadata,
            spec: {
              ...spec,
              nodeSelector: { ...spec.nodeSelector, ...input.foundation.gpu?.nodeSelector },
              tolerations: [{ key: GPU, operator: 'Exists', effect: 'NoSchedule' }],
              containers: spec.containers.map(container => ({
                ...container,
                command: ['sh', '-c', 'ls -l /dev/nvidia*'],
                resources: {
                  requests: { ...container.resources.requests },
                  // Whole ones, and as many requested as allowed: a GPU is shared by nobody.
                  limits: { ...container.resources.limits, [GPU]: '1' },
                },
              })),
            },
          },
        },
      },
    },
  };
}
