/** How many workers there are: as many as the length of their queue asks for, or as their processors do. */
import type { IScaledObject, ITriggerAuthentication } from '@kubernetes-models/keda/keda.sh/v1alpha1';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { WorkQueue } from '../../work-queue.ts';
import { metadataOf } from '../sample.ts';

/** What one pod works off while the next ones start. */
export const MESSAGES_PER_POD = 10;
export const MOST_WORKERS = 12;

export function byQueue(
  name: string,
  { trigger, identity }: WorkQueue,
  least: number,
): readonly [IScaledObject, ITriggerAuthentication] {
  return [
    {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: metadataOf(name),
      spec: {
        scaleTargetRef: { name },
        pollingInterval: 30,
        cooldownPeriod: 300,
        minReplicaCount: least,
        maxReplicaCount: MOST_WORKERS,
        // Where nobody can say how much waits, some work on all the same.
        fallback: { failureThreshold: 5, replicas: 3 },
        advanced: {
          horizontalPodAutoscalerConfig: { behavior: { scaleDown: { stabilizationWindowSeconds: 300 } } },
        },
        triggers: [
          {
            type: trigger.type,
            metadata: { ...trigger.metadata, [trigger.messagesPerPod]: String(MESSAGES_PER_POD) },
            authenticationRef: { name },
          },
        ],
      },
    },
    {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'TriggerAuthentication',
      metadata: metadataOf(name),
      spec: { podIdentity: identity },
    },
  ];
}

export function byProcessor(name: string): IHorizontalPodAutoscaler {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadataOf(name),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 3,
      maxReplicas: MOST_WORKERS,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
      ],
      behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
    },
  };
}
