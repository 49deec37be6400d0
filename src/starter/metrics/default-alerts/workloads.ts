/** Default alerts on what runs in the cluster, on what it may take, and on its volumes. */
import { type AlertGroup, changedWhere, kept, muted, mutedWhere, unless } from './alert.ts';

const DESCRIBE = '`kubectl -n NAMESPACE describe` of the object, then the log before the last start.';
const REVERT = 'A change within the hour is the first suspect: revert it in Git.';
const FIND_GROWTH = 'Raise the size of the claim in Git, the class allows it; then find out what grows.';
const growing = ({ nodes }: { readonly nodes: string }) => nodes === 'growing';

export const APPS: AlertGroup = {
  group: 'kubernetesApps',
  title: 'Workloads',
  alerts: [
    kept('KubePodCrashLooping', ['w'], 'A container that ends again and again serves nobody.', DESCRIBE),
    kept('KubePodNotReady', ['w'], 'It waits for a node, a volume, an image or an admission.', DESCRIBE),
    kept('KubeDeploymentGenerationMismatch', ['w'], 'The controller did not see the last change.', REVERT),
    kept('KubeDeploymentReplicasMismatch', ['w'], 'The loss of one more pod may be felt.', DESCRIBE),
    kept('KubeDeploymentRolloutStuck', ['w'], 'What is in Git is not what runs.', REVERT),
    kept('KubeStatefulSetReplicasMismatch', ['w'], 'A copy of the data is missing.', DESCRIBE),
    kept('KubeStatefulSetGenerationMismatch', ['w'], 'The controller did not see the last change.', REVERT),
    kept('KubeStatefulSetUpdateNotRolledOut', ['w'], 'What is in Git is not what runs.', REVERT),
    kept('KubeDaemonSetRolloutStuck', ['w'], 'Some nodes run an agent of yesterday, or none.', DESCRIBE),
    kept('KubeContainerWaiting', ['w'], 'An image or a configuration is missing.', DESCRIBE),
    kept('KubeDaemonSetNotScheduled', ['w'], 'A node without its agent is blind or cut off.', DESCRIBE),
    kept(
      'KubeDaemonSetMisScheduled',
      ['w'],
      'An agent runs where it should not.',
      'Labels and taints of the node.',
    ),
    kept('KubeJobNotCompleted', ['w'], 'A job that hangs holds its place for ever.', DESCRIBE),
    kept('KubeJobFailed', ['w'], 'It will not be tried again by itself.', DESCRIBE),
    kept(
      'KubeHpaReplicasMismatch',
      ['w'],
      'More pods are wanted than start.',
      'Pods that are Pending, and why.',
    ),
    kept(
      'KubeHpaMaxedOut',
      ['w'],
      'More load will be felt by users.',
      'Raise the maximum in Git if the load is wanted.',
    ),
    kept(
      'KubePdbNotEnoughHealthyPods',
      ['w'],
      'Nodes can be neither drained nor upgraded.',
      'The pods that the budget selects: they are not ready.',
    ),
  ],
};

export const RESOURCES: AlertGroup = {
  group: 'kubernetesResources',
  title: 'What workloads may take',
  alerts: [
    ...(['KubeCPUOvercommit', 'KubeMemoryOvercommit'] as const).map(alert =>
      unless(
        kept(
          alert,
          ['w'],
          'Pods would no longer fit with a node gone, and nothing adds one.',
          'Add a node, or lower requests that nobody uses.',
        ),
        mutedWhere(
          growing,
          'Nodes are added for pods that do not fit; the preflight does the sum with a zone gone.',
        ),
      ),
    ),
    ...(['KubeCPUQuotaOvercommit', 'KubeMemoryQuotaOvercommit'] as const).map(alert =>
      muted(alert, ['w'], 'Quotas are ceilings for teams: together they are more than there is, on purpose.'),
    ),
    kept(
      'KubeQuotaAlmostFull',
      ['i'],
      'Shown to the team, and pages nobody.',
      'The team asks for more in Git.',
    ),
    kept(
      'KubeQuotaFullyUsed',
      ['i'],
      'Shown to the team, and pages nobody.',
      'The team asks for more in Git.',
    ),
    kept('KubeQuotaExceeded', ['w'], 'Pods of the team are refused.', 'The team asks for more in Git.'),
    muted(
      'CPUThrottlingHigh',
      ['i'],
      'Throttling is a cause and no symptom: the alerts on error budgets say when users feel it.',
    ),
  ],
};

export const STORAGE: AlertGroup = {
  group: 'kubernetesStorage',
  title: 'Volumes',
  alerts: [
    kept('KubePersistentVolumeFillingUp', ['c', 'w'], 'A full volume stops what writes to it.', FIND_GROWTH),
    kept('KubePersistentVolumeInodesFillingUp', ['c', 'w'], 'So does one without inodes.', FIND_GROWTH),
    unless(
      kept('KubePersistentVolumeErrors', ['c'], '', 'Events of the claim: `kubectl describe pvc`.'),
      changedWhere(
        () => true,
        { severity: 'warning' },
        'A volume that cannot be made keeps a new pod waiting; nothing that runs has lost one, so a ticket will do.',
      ),
    ),
  ],
};
