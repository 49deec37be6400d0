/** kube-state-metrics: what the API server knows of objects, as metrics. */
import type { Component } from '../contribution.ts';
import type { Foundation } from '../foundation.ts';
import { MONITORING } from './namespaces.ts';

const MONITORS = {
  selfMonitor: { enabled: true },
  prometheus: { monitor: { enabled: true, http: { honorLabels: true } } },
} as const;

export function stateMetrics({ systemPool }: Foundation, monitors: 'monitors' | 'no-monitors'): Component {
  return {
    id: 'kube-state-metrics',
    decision: 'metrics',
    layer: 'platform-obs',
    says: 'What the API server knows of objects, as metrics: most alerts of the platform ask for it.',
    chart: {
      release: 'kube-state-metrics',
      namespace: MONITORING,
      crds: 'skip',
      values: {
        ...systemPool,
        priorityClassName: 'platform-critical',
        resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '256Mi' } },
        ...(monitors === 'monitors' ? MONITORS : {}),
      },
    },
  };
}
