/** Alerts of the databases: each with something to do in docs/runbooks/databases.md. */
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { alertRules, type PlatformAlert } from '../../metrics/alerts.ts';
import type { ModuleInput } from '../../module.ts';
import { CLUSTER, NAMESPACE } from './names.ts';

const BACKUPS = 'barman_cloud_cloudnative_pg_io_last_available_backup_timestamp';
const RECEIVES = 'cnpg_pg_replication_is_wal_receiver_up';
const OURS = `namespace="${NAMESPACE}"`;
/** Not what a drill restores beside it. By the pod, since agents of a service outside overwrite the label `cluster`. */
const INSTANCES = `${OURS},pod=~"${CLUSTER}-[0-9]+"`;

const ALERTS: readonly Omit<PlatformAlert, 'runbook'>[] = [
  {
    alert: 'DatabaseDown',
    expr: `sum(cnpg_collector_up{${INSTANCES}}) < 1 or absent(cnpg_collector_up{${INSTANCES}})`,
    lasting: '2m',
    severity: 'critical',
    summary: 'No instance of the databases answers.',
    description: 'Whatever keeps state in them stands still.',
  },
  {
    alert: 'DatabaseShortOfInstances',
    expr: `count(cnpg_collector_up{${INSTANCES}} == 1) < 3`,
    lasting: '15m',
    severity: 'warning',
    summary: 'An instance of the databases is missing.',
    description: 'The loss of one more may stop writing; an instance comes back in the zone of its volume.',
  },
  {
    alert: 'DatabaseLagging',
    // Who follows an archive receives nothing from another instance, and is behind by as much as the archive is.
    expr: `max by (pod) (cnpg_pg_replication_lag{${INSTANCES}}) > 60 and max by (pod) (${RECEIVES}{${INSTANCES}}) == 1`,
    lasting: '10m',
    severity: 'warning',
    summary: '{{ $labels.pod }} is a minute behind the first instance.',
    description: 'If it had to take over now, it would first catch up, or lose what it lacks.',
  },
  {
    // One of them never does: the first instance, or where a cluster follows an archive, the one that reads it.
    alert: 'DatabaseReceivesNothing',
    expr: `count(${RECEIVES}{${INSTANCES}} == 0) > 1`,
    lasting: '15m',
    severity: 'warning',
    summary: 'An instance of the databases receives no changes from the first one.',
    description: 'Its lag reads as zero meanwhile, and whoever takes over may be the one that lacks them.',
  },
  {
    alert: 'DatabaseArchiveStandsStill',
    expr: `cnpg_pg_stat_archiver_last_failed_time{${INSTANCES}} - cnpg_pg_stat_archiver_last_archived_time{${INSTANCES}} > 1 or cnpg_collector_pg_wal_archive_status{${INSTANCES},value="ready"} > 32`,
    lasting: '10m',
    severity: 'critical',
    summary: '{{ $labels.pod }} cannot copy changes to the object store.',
    description:
      'What is written now cannot be restored, and the volume of changes fills up until writing stops.',
  },
  {
    alert: 'DatabaseBackupTooOld',
    expr: `time() - max(${BACKUPS}{${INSTANCES}}) > 93600 or absent(${BACKUPS}{${INSTANCES}})`,
    lasting: '1h',
    severity: 'critical',
    summary: 'The last whole copy of the databases is older than 26 hours.',
    description:
      'A restore takes longer with every hour, and none is possible once the copies before it are gone.',
  },
  {
    alert: 'DatabaseVolumeFillsUp',
    expr: `kubelet_volume_stats_available_bytes{${OURS}} / kubelet_volume_stats_capacity_bytes{${OURS}} < 0.2`,
    lasting: '15m',
    severity: 'critical',
    summary: 'The volume {{ $labels.persistentvolumeclaim }} of a database is nearly full.',
    description: 'PostgreSQL stops when it is.',
  },
  {
    alert: 'DatabaseConnectionsRunOut',
    expr: `sum by (pod) (cnpg_backends_total{${INSTANCES}}) > 160`,
    lasting: '10m',
    severity: 'warning',
    summary: '{{ $labels.pod }} has 160 of 200 connections in use.',
    description: 'The next services to start are refused.',
  },
];

export function databaseAlerts(input: ModuleInput): IPrometheusRule {
  const alerts = ALERTS.map(alert => ({ ...alert, runbook: 'databases' }));
  return alertRules(input, { name: NAMESPACE, namespace: NAMESPACE }, alerts);
}
