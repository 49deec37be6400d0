/** Batch work has no caller who notices: alerts say when it failed, and when it did not even begin. */
import type { Runbook } from '../../contribution.ts';
import type { SampleAlert } from '../alerts.ts';
import { NAMESPACE } from '../sample.ts';

const RUNBOOK = 'batch-runs';

export function batchAlerts(report: string, migration: string): readonly SampleAlert[] {
  const of = (metric: string, label: string, name: string) =>
    `${metric}{namespace="${NAMESPACE}", ${label}="${name}"}`;
  const scheduled = of('kube_cronjob_status_last_schedule_time', 'cronjob', report);
  const succeeded = of('kube_cronjob_status_last_successful_time', 'cronjob', report);
  const created = of('kube_cronjob_created', 'cronjob', report);
  const failed = `kube_job_failed{namespace="${NAMESPACE}", job_name="${migration}", condition="true"}`;
  return [
    {
      alert: 'ReportFailed',
      // A run may take half an hour; the series of a success is missing until the first one.
      expr: `max(${scheduled}) > (max(${succeeded}) or vector(0))`,
      for: '45m',
      severity: 'warning',
      summary: 'The last run of the sample report did not succeed',
      description: 'It failed after its attempts, or ran into its deadline.',
      runbook: RUNBOOK,
      cases: [
        {
          name: 'a run without success opens a ticket',
          series: { [scheduled]: '6000x120', [succeeded]: '5000x120' },
          at: '1h',
          fires: 'yes',
        },
        {
          name: 'the first run of all fails',
          series: { [scheduled]: '6000x120' },
          at: '1h',
          fires: 'yes',
        },
        {
          name: 'a run that succeeds in time is silent',
          series: { [scheduled]: '6000x120', [succeeded]: '5000x20 6300x100' },
          at: '1h',
          fires: 'no',
        },
      ],
    },
    {
      alert: 'ReportMissed',
      expr: `time() - max(${scheduled} or ${created}) > 93600 or absent(max(${created}))`,
      for: '1h',
      severity: 'warning',
      summary: 'The sample report has not been started for more than a day',
      description:
        'Nobody started it: its schedule is suspended, or starts were missed by more than ten minutes.',
      runbook: RUNBOOK,
      cases: [
        {
          name: 'a schedule that stopped opens a ticket',
          series: { [scheduled]: '600x2000', [created]: '0x2000' },
          at: '28h',
          fires: 'yes',
        },
        {
          name: 'a schedule that never ran opens a ticket',
          series: { [created]: '0x2000' },
          at: '28h',
          fires: 'yes',
        },
        { name: 'a schedule that is gone opens a ticket', series: {}, at: '2h', fires: 'yes' },
        {
          name: 'a schedule that runs is silent',
          series: { [scheduled]: '0+60x2000', [created]: '0x2000' },
          at: '28h',
          fires: 'no',
        },
      ],
    },
    {
      alert: 'MigrationFailed',
      expr: `max(${failed}) > 0`,
      for: '1m',
      severity: 'critical',
      summary: 'The sample migration failed',
      description: 'The version that needs it is being rolled out, or waits for it.',
      runbook: RUNBOOK,
      cases: [
        { name: 'a failed migration pages', series: { [failed]: '1x10' }, at: '5m', fires: 'yes' },
        { name: 'a migration that went well is silent', series: { [failed]: '0x10' }, at: '5m', fires: 'no' },
      ],
    },
  ];
}

export function batchRunbook(report: string, migration: string): Runbook {
  return {
    id: RUNBOOK,
    title: 'Batch work failed, or did not begin',
    text: `**ReportFailed**: the last run of \`${report}\` ended without success.
**ReportMissed**: nothing was started for more than a day.
**MigrationFailed**: \`${migration}\` failed for the version that is being delivered.

1. \`kubectl -n ${NAMESPACE} get cronjobs,jobs,pods\`; the last three failed runs are kept with their logs:
   \`kubectl -n ${NAMESPACE} logs job/NAME\`.
2. *DeadlineExceeded*: it took longer than it may. See what has grown before you raise \`activeDeadlineSeconds\`.
3. ReportMissed: \`kubectl -n ${NAMESPACE} describe cronjob ${report}\`. *Suspend: True*, or pods that wait for a node: batch
   work gives way to everything else, by its priority.
4. Run it again by hand, which is safe because it may run twice:
   \`kubectl -n ${NAMESPACE} create job --from=cronjob/${report} ${report}-by-hand\`.
5. MigrationFailed: mend it in Git. A new version replaces the Job and runs it again; a change of the image alone is enough.
   Until then the version before must work with the data as they are: migrate in steps that both versions can read.

The Job of a migration stays after it has run. Were it removed, delivery would make it again, and it would run again.
`,
  };
}
