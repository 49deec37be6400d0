/** Default alerts on the control plane and on kubelets: what can be seen depends on who runs them. */
import {
  type AlertGroup,
  changedWhere,
  type DefaultAlert,
  kept,
  muted,
  mutedWhere,
  type Situation,
  unless,
} from './alert.ts';

const managed = ({ controlPlane }: Situation) => controlPlane === 'managed';
const BY_PROVIDER = 'The provider runs it, shows nothing of it and is paged for it.';
const AT_LOOPBACK =
  'The distribution lets nobody but its host read it; the runbooks of the hosts say how it is watched.';

type Unseen = readonly [alert: string, severities: Parameters<typeof muted>[1]];

function unseen(alerts: readonly Unseen[]): readonly DefaultAlert[] {
  return alerts.map(([alert, severities]) =>
    unless(muted(alert, severities, AT_LOOPBACK), mutedWhere(managed, BY_PROVIDER)),
  );
}

export const ETCD: AlertGroup = {
  group: 'etcd',
  title: 'etcd',
  alerts: unseen([
    ['etcdMembersDown', ['w']],
    ['etcdInsufficientMembers', ['c']],
    ['etcdNoLeader', ['c']],
    ['etcdHighNumberOfLeaderChanges', ['w']],
    ['etcdHighNumberOfFailedGRPCRequests', ['w', 'c']],
    ['etcdGRPCRequestsSlow', ['c']],
    ['etcdMemberCommunicationSlow', ['w']],
    ['etcdHighNumberOfFailedProposals', ['w']],
    ['etcdHighFsyncDurations', ['w', 'c']],
    ['etcdHighCommitDurations', ['w']],
    ['etcdDatabaseQuotaLowSpace', ['c']],
    ['etcdExcessiveDatabaseGrowth', ['w']],
    ['etcdDatabaseHighFragmentationRatio', ['w']],
  ]),
};

export const CONTROLLERS: AlertGroup = {
  group: 'kubeControllerManager',
  title: 'Controllers of Kubernetes',
  alerts: unseen([
    ['KubeControllerManagerDown', ['c']],
    ['KubeControllerManagerInstanceUnreachable', ['w']],
  ]),
};

export const SCHEDULER: AlertGroup = {
  group: 'kubeSchedulerAlerting',
  title: 'Scheduler',
  alerts: unseen([
    ['KubeSchedulerDown', ['c']],
    ['KubeSchedulerInstanceUnreachable', ['w']],
  ]),
};

const PROXY =
  'It listens for metrics on its own node alone, or is not there at all where the network plugin does its work; what it breaks shows in the alerts of workloads.';

export const KUBE_PROXY: AlertGroup = {
  group: 'kubeProxy',
  title: 'kube-proxy',
  alerts: [muted('KubeProxyDown', ['c'], PROXY), muted('KubeProxyInstanceUnreachable', ['w'], PROXY)],
};

export const API_SERVER: AlertGroup = {
  group: 'kubeApiserverSlos',
  title: 'The error budget of the API server',
  alerts: [
    unless(
      kept(
        'KubeAPIErrorBudgetBurn',
        ['c', 'w'],
        'Nothing can be changed or repaired without it.',
        'Who asks so much, and which host is slow.',
      ),
      changedWhere(
        managed,
        { severity: 'warning' },
        'The provider repairs its control plane; a ticket, with its status page as the first step, is all that can be done here.',
      ),
    ),
  ],
};

const CERTIFICATE = 'Approve what waits (`kubectl get csr`), or replace the node.';
const NODE =
  'Repair replaces it within half an hour; if not, `kubectl describe node` and [node-drain](node-drain.md).';

export const SYSTEM: AlertGroup = {
  group: 'kubernetesSystem',
  title: 'API server and kubelets',
  alerts: [
    unless(
      kept(
        'KubeClientCertificateExpiration',
        ['w', 'c'],
        'Somebody signs in with a certificate that ends.',
        'Renew it; the audit log says whose it is.',
      ),
      mutedWhere(managed, 'It sees the clients of the provider as well, which nobody here can renew.'),
    ),
    kept(
      'KubeAggregatedAPIErrors',
      ['w'],
      'Autoscaling reads metrics through such an API.',
      'Pods behind the APIService.',
    ),
    kept(
      'KubeAggregatedAPIDown',
      ['w'],
      'Autoscaling reads metrics through such an API.',
      'Pods behind the APIService.',
    ),
    kept(
      'KubeAPIDown',
      ['c'],
      'Prometheus sees no API server at all.',
      'Status page of the provider, then the network policies.',
    ),
    unless(
      kept('KubeAPIInstanceUnreachable', ['w'], 'One of three is gone.', 'The host that runs it.'),
      mutedWhere(
        managed,
        'The provider replaces instances whenever it wants to; all of them gone is KubeAPIDown.',
      ),
    ),
    kept('KubeAPITerminatedRequests', ['w'], 'Clients are turned away.', 'Who asks so much: the audit log.'),
    kept('KubeNodeNotReady', ['w'], 'Its pods are gone in five minutes.', NODE),
    kept('KubeNodePressure', ['i'], 'Shown, and pages nobody: eviction helps itself.', NODE),
    kept('KubeNodeUnreachable', ['w'], 'Its pods are gone in five minutes.', NODE),
    kept('KubeletTooManyPods', ['i'], 'Shown, and pages nobody.', 'Larger nodes, or more of them.'),
    kept('KubeNodeReadinessFlapping', ['w'], 'Its pods come and go.', NODE),
    kept('KubeNodeEviction', ['i'], 'Shown, and pages nobody.', 'Pods without a memory limit on that node.'),
    kept('KubeletPlegDurationHigh', ['w'], 'The node no longer keeps up with its containers.', NODE),
    kept(
      'KubeletPodStartUpLatencyHigh',
      ['w'],
      'Scaling out comes too late.',
      'Images that are too large; the registry.',
    ),
    kept(
      'KubeletClientCertificateExpiration',
      ['w', 'c'],
      'Without it the node leaves the cluster.',
      CERTIFICATE,
    ),
    kept(
      'KubeletServerCertificateExpiration',
      ['w', 'c'],
      'Without it there are no logs and no metrics.',
      CERTIFICATE,
    ),
    kept(
      'KubeletClientCertificateRenewalErrors',
      ['w'],
      'Without it the node leaves the cluster.',
      CERTIFICATE,
    ),
    kept(
      'KubeletServerCertificateRenewalErrors',
      ['w'],
      'Without it there are no logs and no metrics.',
      CERTIFICATE,
    ),
    kept('KubeletInstanceUnreachable', ['w'], 'A node that cannot be read may be half dead.', NODE),
    kept(
      'KubeletDown',
      ['c'],
      'No node can be read: nothing else can fire.',
      'The policy `scrape-nodes`, then the targets.',
    ),
    unless(
      kept('KubeVersionMismatch', ['w'], '', 'Finish the upgrade.'),
      changedWhere(
        () => true,
        { for: '24h' },
        'Nodes follow the control plane one after the other, for hours; a day later one was forgotten.',
      ),
    ),
    kept(
      'KubeClientErrors',
      ['w'],
      'A controller cannot read or write.',
      'Its log: rights, or a webhook that does not answer.',
    ),
  ],
};
