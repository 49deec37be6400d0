/** The Deployment: passes Pod Security restricted and the linters as it is. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { ModuleInput } from '../../module.ts';
import { apart, labelsOf, metadataOf, podOf, SCRATCH, serverOf } from '../sample.ts';
import { NAME } from './names.ts';

export function webDeployment(input: ModuleInput): IDeployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(NAME),
    // How many there are is up to the autoscaler, so no number stands here.
    spec: {
      revisionHistoryLimit: 5,
      minReadySeconds: 10,
      progressDeadlineSeconds: 300,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      selector: { matchLabels: { ...labelsOf(NAME) } },
      template: {
        metadata: { labels: { ...labelsOf(NAME) } },
        spec: {
          ...podOf(input, NAME),
          terminationGracePeriodSeconds: 45,
          priorityClassName: 'business-critical',
          ...apart(NAME, { pods: 3, byRevision: 'yes' }),
          containers: [serverOf(input, 'web')],
          volumes: [SCRATCH],
        },
      },
    },
  };
}
