/** What would be wrong in a sample workload, one mistake at a time, and which check sees it. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { ALL_KINDS, starterOf } from './platform-aws.ts';

const { files } = starterOf('platform-aws', { answers: ALL_KINDS });

const STORE = 'apps/base/demo-store/stateful-set.yaml';
const SCALING = 'apps/base/demo-worker/scaling.yaml';
const REPORT = 'apps/base/demo-batch/report.yaml';

const MISTAKES: readonly Mutation[] = [
  {
    mistake: 'what is scaled is not there',
    change: replace(SCALING, /(scaleTargetRef:\n\s+name: )demo-worker/, '$1demo-workers'),
    code: 'references',
    says: /Deployment demo\/demo-workers/,
  },
  {
    mistake: 'the scaler has nothing to prove who it is with',
    change: drop(SCALING, 'kind: TriggerAuthentication'),
    code: 'references',
    says: /TriggerAuthentication demo\/demo-worker/,
  },
  {
    mistake: 'the kinds of KEDA come from nowhere',
    change: replace('delivery/platform-obs/kustomization.yaml', '  - keda.yaml\n', ''),
    code: 'crds-first',
    says: /needs keda/,
  },
  {
    mistake: 'a worker has a number of replicas beside its scaler',
    change: replace(
      'apps/base/demo-worker/deployment.yaml',
      '  revisionHistoryLimit: 5',
      '  replicas: 3\n  revisionHistoryLimit: 5',
    ),
    code: 'disruption',
    says: /autoscaler/,
  },
  {
    mistake: 'the worker may not reach its queue',
    change: drop('apps/base/demo-worker/network-policies.yaml', 'name: demo-worker-to-queue'),
    code: 'reachability',
    says: /API of the cloud/,
  },
  {
    mistake: 'the role of the worker goes to an account that nobody has',
    change: replace(
      'infra/eks/demo-worker.tf',
      'service_account = "demo-worker"',
      'service_account = "worker"',
    ),
    code: 'identities',
    says: /demo\/worker/,
  },
  {
    mistake: 'the autoscaler cannot ask for the length of queues',
    change: drop('platform/keda/network-policies.yaml', 'name: metrics-from-api-server'),
    code: 'reachability',
    says: /length of queues reaches the API server/,
  },
  {
    mistake: 'the names of the store lead nowhere',
    change: replace(STORE, 'serviceName: demo-store', 'serviceName: store'),
    code: 'references',
    says: /Service demo\/store/,
  },
  {
    mistake: 'volumes are of a class that is not there',
    change: replace(STORE, /storageClassName: \S+/, 'storageClassName: fast'),
    code: 'references',
    says: /StorageClass \/fast/,
  },
  {
    mistake: 'copies of the store cannot find each other',
    change: drop('apps/base/demo-store/network-policies.yaml', 'name: demo-store-copies-to-each-other'),
    code: 'reachability',
    says: /copies of the store/,
  },
  {
    mistake: 'an agent mounts a folder of its node',
    change: replace(
      'apps/base/demo-agent/daemon-set.yaml',
      /emptyDir:\n\s+sizeLimit: 64Mi/,
      'hostPath:\n            path: /var/log',
    ),
    code: 'pod-security',
    says: /hostPath/,
  },
  {
    mistake: 'a run has no deadline',
    change: replace(REPORT, / +activeDeadlineSeconds: 1800\n/, ''),
    code: 'bounded-runs',
    says: /run for ever/,
  },
  {
    mistake: 'a migration removes itself and comes again',
    change: replace(
      'apps/base/demo-batch/migration.yaml',
      '  backoffLimit: 3',
      '  ttlSecondsAfterFinished: 3600\n  backoffLimit: 3',
    ),
    code: 'bounded-runs',
    says: /runs it again/,
  },
];

test('without a mistake nothing is found', () => {
  expect(crossFindings(files)).toEqual([]);
});

describe('a mistake in a sample workload', () => {
  test.each(MISTAKES)('$mistake', ({ change, code, says }) => {
    const findings = crossFindings(change(files), code);
    expect(findings.map(({ place, message }) => `${place}: ${message}`)).toContainEqual(
      expect.stringMatching(says),
    );
  });
});
