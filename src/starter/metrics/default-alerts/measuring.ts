/** Default alerts on what measures and alerts itself. */
import { type AlertGroup, kept, muted, mutedWhere, unless } from './alert.ts';

const PODS = '`kubectl -n monitoring get pods`, then the log of the one that fails.';
const CONFIG = 'The last change of `platform/kube-prometheus-stack` or of a rule: revert it in Git.';
const RECEIVER = 'Address of the receiver and the network policy `to-receivers`.';
const DISK = 'Free space of its volume; `retentionSize`.';
const QUERIES = 'Dashboards and rules that ask for too much.';
const LIMIT = 'The target that grew: labels with too many values.';
const NO_REMOTE = 'Nothing is written to another store here.';
const ONE_SHARD = 'There is one, and it reads everything.';

export const ALERTMANAGER: AlertGroup = {
  group: 'alertmanager',
  title: 'Alertmanager',
  alerts: [
    kept('AlertmanagerFailedReload', ['c'], 'The routing in Git is not the one that works.', CONFIG),
    kept('AlertmanagerMembersInconsistent', ['c'], 'Alerts come twice, or not at all.', PODS),
    kept('AlertmanagerFailedToSendAlerts', ['w'], 'A receiver did not take an alert.', RECEIVER),
    kept('AlertmanagerClusterFailedToSendAlerts', ['c', 'w'], 'Nobody hears of anything.', RECEIVER),
    kept('AlertmanagerConfigInconsistent', ['c'], 'Alerts are routed in two ways.', PODS),
    kept('AlertmanagerClusterDown', ['c'], 'One more, and nobody hears of anything.', PODS),
    kept('AlertmanagerClusterCrashlooping', ['c'], 'One more, and nobody hears of anything.', PODS),
    kept('AlertmanagerClusterFailedPeers', ['w'], 'Alerts come twice.', PODS),
  ],
};

export const CONFIG_RELOADERS: AlertGroup = {
  group: 'configReloaders',
  title: 'Reloading of settings',
  alerts: [kept('ConfigReloaderSidecarErrors', ['w'], 'Settings in Git are not those that work.', CONFIG)],
};

export const GENERAL: AlertGroup = {
  group: 'general',
  title: 'Signs of life',
  alerts: [
    kept(
      'TargetDown',
      ['w'],
      'Something is not measured.',
      'Its pods; where they run, a policy keeps Prometheus out (see [network-denied](network-denied.md)).',
    ),
    kept(
      'Watchdog',
      ['n'],
      'It always fires: the dead-man switch waits for it.',
      'See [dead-man-switch](dead-man-switch.md).',
    ),
    kept('InfoInhibitor', ['n'], 'It holds back what only informs, unless something is wrong.', 'Nothing.'),
  ],
};

export const STATE_METRICS: AlertGroup = {
  group: 'kubeStateMetrics',
  title: 'kube-state-metrics',
  alerts: [
    kept('KubeStateMetricsListErrors', ['c'], 'Most alerts of workloads ask for its metrics.', PODS),
    kept('KubeStateMetricsWatchErrors', ['c'], 'Most alerts of workloads ask for its metrics.', PODS),
    muted('KubeStateMetricsShardingMismatch', ['c'], ONE_SHARD),
    muted('KubeStateMetricsShardsMissing', ['c'], ONE_SHARD),
  ],
};

export const OPERATOR: AlertGroup = {
  group: 'prometheusOperator',
  title: 'The operator of Prometheus',
  alerts: [
    kept('PrometheusOperatorListErrors', ['w'], 'It does not see monitors and rules.', PODS),
    kept('PrometheusOperatorWatchErrors', ['w'], 'It does not see changes of monitors and rules.', PODS),
    kept('PrometheusOperatorSyncFailed', ['w'], 'Settings in Git are not those that work.', CONFIG),
    kept('PrometheusOperatorReconcileErrors', ['w'], 'Settings in Git are not those that work.', CONFIG),
    kept(
      'PrometheusOperatorStatusUpdateErrors',
      ['w'],
      'Delivery waits for a status that does not come.',
      PODS,
    ),
    unless(
      kept('PrometheusOperatorNodeLookupErrors', ['w'], 'It finds kubelets by their nodes.', PODS),
      mutedWhere(({ host }) => host === 'refused', 'Prometheus finds kubelets itself here.'),
    ),
    kept('PrometheusOperatorNotReady', ['w'], 'Changes of monitors and rules wait.', PODS),
    kept('PrometheusOperatorRejectedResources', ['w'], 'A monitor or rule is ignored.', CONFIG),
  ],
};

export const PROMETHEUS: AlertGroup = {
  group: 'prometheus',
  title: 'Prometheus',
  alerts: [
    kept('PrometheusBadConfig', ['c'], 'Settings in Git are not those that work.', CONFIG),
    kept('PrometheusSDRefreshFailure', ['w'], 'New pods are not measured.', PODS),
    kept('PrometheusKubernetesListWatchFailures', ['w'], 'New pods are not measured.', PODS),
    kept('PrometheusNotificationQueueRunningFull', ['w'], 'Alerts will be dropped.', PODS),
    kept('PrometheusErrorSendingAlertsToSomeAlertmanagers', ['w'], 'One Alertmanager hears less.', PODS),
    kept('PrometheusNotConnectedToAlertmanagers', ['w'], 'Nobody hears of anything.', PODS),
    kept('PrometheusTSDBReloadsFailing', ['w'], 'History is at risk.', DISK),
    kept('PrometheusTSDBCompactionsFailing', ['w'], 'The disk will fill up.', DISK),
    kept('PrometheusNotIngestingSamples', ['w'], 'Nothing is measured.', PODS),
    kept(
      'PrometheusDuplicateTimestamps',
      ['w'],
      'Two targets say they are one.',
      'Monitors that read the same pods.',
    ),
    kept('PrometheusOutOfOrderTimestamps', ['w'], 'Samples are lost.', 'A target with times of its own.'),
    muted('PrometheusRemoteStorageFailures', ['c'], NO_REMOTE),
    muted('PrometheusRemoteWriteBehind', ['c'], NO_REMOTE),
    muted('PrometheusRemoteWriteDesiredShards', ['w'], NO_REMOTE),
    kept('PrometheusRuleFailures', ['c'], 'An alert that cannot be judged cannot fire.', CONFIG),
    kept('PrometheusMissingRuleEvaluations', ['w'], 'Alerts come late.', QUERIES),
    kept('PrometheusTargetLimitHit', ['w'], 'Some pods are not measured.', LIMIT),
    kept('PrometheusLabelLimitHit', ['w'], 'Some pods are not measured.', LIMIT),
    kept('PrometheusScrapeBodySizeLimitHit', ['w'], 'Some pods are not measured.', LIMIT),
    kept('PrometheusScrapeSampleLimitHit', ['w'], 'Some pods are not measured.', LIMIT),
    kept('PrometheusTargetSyncFailure', ['c'], 'Some pods are not measured.', CONFIG),
    kept('PrometheusHighQueryLoad', ['w'], 'Rules wait behind dashboards.', QUERIES),
    kept('PrometheusErrorSendingAlertsToAnyAlertmanager', ['c'], 'Nobody hears of anything.', PODS),
  ],
};
