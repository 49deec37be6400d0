/** Work on GPUs waits longer than other work: alerts say when it waits in vain. */
import type { Runbook } from '../../contribution.ts';
import type { SampleAlert } from '../alerts.ts';
import { NAMESPACE } from '../sample.ts';

const RUNBOOK = 'gpu-work';

export function gpuAlerts(name: string): readonly SampleAlert[] {
  const waiting = `kube_pod_status_phase{namespace="${NAMESPACE}", pod=~"${name}-.+", phase="Pending"}`;
  const series = `kube_pod_status_phase{namespace="${NAMESPACE}", pod="${name}-1", phase="Pending"}`;
  return [
    {
      alert: 'GpuWorkWaits',
      expr: `sum(${waiting}) > 0`,
      for: '30m',
      severity: 'warning',
      summary: 'The sample work on a GPU has been waiting for half an hour',
      description: 'No node with a free GPU is there, and none has come.',
      runbook: RUNBOOK,
      cases: [
        { name: 'work that waits opens a ticket', series: { [series]: '1x60' }, at: '45m', fires: 'yes' },
        {
          name: 'work that waits a little is silent',
          series: { [series]: '1x10 0x50' },
          at: '45m',
          fires: 'no',
        },
      ],
    },
  ];
}

export const GPU_RUNBOOK: Runbook = {
  id: RUNBOOK,
  title: 'Work on a GPU waits',
  text: `1. \`kubectl -n ${NAMESPACE} describe pod NAME | tail\`. *Insufficient nvidia.com/gpu*: all are taken, or no node says that it has one.
2. \`kubectl get nodes -o custom-columns=NAME:.metadata.name,GPU:.status.allocatable.nvidia\\.com/gpu\`. A node with a GPU and *none* in that column: its device plugin or its
   driver does not run; \`kubectl get daemonsets --all-namespaces | grep nvidia\`.
3. No such node: the pool is at its limit, or the cloud has none of these machines in your zones. Quotas for GPUs are their own, and are zero in new accounts.
4. A node is there and the pod stays away: its selector or its toleration of \`nvidia.com/gpu\` is missing.

Nodes with a GPU cost ten times an ordinary one: work that is done ends, and nothing else tolerates their taint.
`,
};
