/** When the worker has to wake somebody, and what that person does. */
import type { Runbook } from '../../contribution.ts';
import type { QueuePage, WorkQueue } from '../../work-queue.ts';
import type { SampleAlert } from '../alerts.ts';
import { NAMESPACE } from '../sample.ts';
import { MESSAGES_PER_POD, MOST_WORKERS } from './scaling.ts';

const RUNBOOK = 'work-waits';
/** So much that every worker there may be has five rounds before it. */
const TOO_MUCH = MESSAGES_PER_POD * MOST_WORKERS * 5;

export function workerAlerts(name: string, queue: WorkQueue | null): readonly SampleAlert[] {
  return queue === null ? [noWorker(name)] : [...queueAlerts(name)];
}

function queueAlerts(name: string): readonly SampleAlert[] {
  const length = `keda_scaler_metrics_value{scaledObject="${name}"}`;
  return [
    {
      alert: 'WorkPilesUp',
      expr: `max(${length}) > ${TOO_MUCH}`,
      for: '30m',
      severity: 'critical',
      summary: `More than ${TOO_MUCH} messages have waited for the sample worker for half an hour`,
      description: 'It works too slowly, fails at each message, or not enough of it run.',
      runbook: RUNBOOK,
      cases: [
        {
          name: 'a queue that stays long pages',
          series: { [length]: `${TOO_MUCH + 100}x60` },
          at: '45m',
          fires: 'yes',
        },
        {
          name: 'a wave that is worked off is silent',
          series: { [length]: `${TOO_MUCH + 100}x20 0x40` },
          at: '45m',
          fires: 'no',
        },
      ],
    },
    {
      alert: 'QueueLengthUnknown',
      expr: `absent(max(${length})) or sum(rate(keda_scaler_detail_errors_total{scaledObject="${name}"}[10m])) > 0`,
      for: '15m',
      severity: 'warning',
      summary: 'Nobody knows how much work waits for the sample worker',
      description: 'KEDA cannot read the queue: three workers run whatever waits.',
      runbook: RUNBOOK,
      cases: [
        { name: 'a length that is not reported opens a ticket', series: {}, at: '30m', fires: 'yes' },
        {
          name: 'errors in reading the length open a ticket',
          series: {
            [length]: '3x60',
            [`keda_scaler_detail_errors_total{scaledObject="${name}"}`]: '0+2x60',
          },
          at: '45m',
          fires: 'yes',
        },
        {
          name: 'a length that is read is silent',
          series: {
            [length]: '3x60',
            [`keda_scaler_detail_errors_total{scaledObject="${name}"}`]: '0x60',
          },
          at: '45m',
          fires: 'no',
        },
      ],
    },
  ];
}

function noWorker(name: string): SampleAlert {
  const available = `kube_deployment_status_replicas_available{namespace="${NAMESPACE}", deployment="${name}"}`;
  return {
    alert: 'NoWorker',
    expr: `(max(${available}) or vector(0)) < 1`,
    for: '10m',
    severity: 'critical',
    summary: 'Not one sample worker runs',
    description: 'Nobody calls a worker, so nobody else notices that it stopped.',
    runbook: RUNBOOK,
    cases: [
      { name: 'no worker at all pages', series: { [available]: '0x60' }, at: '30m', fires: 'yes' },
      { name: 'workers that run are silent', series: { [available]: '3x60' }, at: '30m', fires: 'no' },
    ],
  };
}

export function workerRunbook(name: string, queue: WorkQueue | null): Runbook {
  return queue === null ? withoutQueue(name) : withQueue(name, queue.page);
}

function withQueue(name: string, { failed, looked, again, refused, longer }: QueuePage): Runbook {
  return {
    id: RUNBOOK,
    title: 'Work waits in the queue',
    text: `**WorkPilesUp**: more than ${TOO_MUCH} messages have waited for half an hour.
**QueueLengthUnknown**: KEDA cannot read how much waits; until it can, three workers run.
**CLUSTER_NAME-${name}-failed**, an alarm of the cloud: work was accepted and could not be done; see *What failed*.

1. How many run, and how many may: \`kubectl -n ${NAMESPACE} get scaledobject,hpa,pods\`. At the maximum of ${MOST_WORKERS},
   see first whether what they call can bear more before you raise \`maxReplicaCount\` in \`apps/base/${name}/scaling.yaml\`.
2. Do they work: \`kubectl -n ${NAMESPACE} logs deployment/${name} --tail=50\`. The same message again and again: it
   cannot be worked on. After five attempts ${failed}.
3. What changed: the last merges of \`apps/base/${name}\`. Revert in Git; messages that wait are not lost.
4. Pods that wait for a node: \`kubectl -n ${NAMESPACE} describe pods\`.
5. QueueLengthUnknown: \`kubectl -n keda logs deployment/keda-operator --tail=50\`. *${refused}* means that role and
   service account do not agree; a timeout means a policy, see [network-denied](network-denied.md).

**What failed** waits for a person; the alarm stays until none of it is left.

1. Look at it: ${looked}
2. Why: what the messages have in common, and what the logs said when they were tried. Mend that first, or they come back.
3. Send it again: ${again}

The image is a stand-in that answers probes and takes nothing from the queue. Yours reads its address from the
environment, takes one message at a time, deletes it after the work is done, and ends within two minutes of SIGTERM.
Work that takes longer than five minutes ${longer}, or it is done twice.
`,
  };
}

function withoutQueue(name: string): Runbook {
  return {
    id: RUNBOOK,
    title: 'No worker runs',
    text: `1. Why: \`kubectl -n ${NAMESPACE} describe deployment ${name}\`, \`kubectl -n ${NAMESPACE} get pods\`.
2. What changed: the last merges of \`apps/base/${name}\`. Revert in Git.
3. Pods that wait for a node: \`kubectl -n ${NAMESPACE} describe pods\`.

It scales on processor time, which says little about work that waits. Once there is a queue, its length is the better
measure: KEDA reads the length and scales by it, down to no worker at all where nothing waits.
`,
  };
}
