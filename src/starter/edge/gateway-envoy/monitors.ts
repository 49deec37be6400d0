/** What Prometheus reads from Envoy Gateway: its controller and its proxies. */
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { PodPeer } from '../../network/edge.ts';

export function envoyMonitors(
  namespace: string,
  controller: PodPeer,
  proxies: PodPeer,
): readonly IPodMonitor[] {
  return [
    monitor('envoy-gateway', namespace, controller, '/metrics'),
    monitor('envoy-proxies', namespace, proxies, '/stats/prometheus'),
  ];
}

function monitor(name: string, namespace: string, pods: PodPeer, path: string): IPodMonitor {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: { ...pods.labels } },
      podMetricsEndpoints: [{ port: 'metrics', path, interval: '30s' }],
    },
  };
}
