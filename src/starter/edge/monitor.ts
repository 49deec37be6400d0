/** What Prometheus reads from the pods of an edge. */
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { PodPeer } from '../network/edge.ts';

export function podMonitor(
  name: string,
  { namespace, labels = {} }: PodPeer,
  { port, path = '/metrics' }: { readonly port: string; readonly path?: string },
): IPodMonitor {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: { ...labels } },
      podMetricsEndpoints: [{ port, path, interval: '30s' }],
    },
  };
}
