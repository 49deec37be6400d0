/** What Prometheus reads from Cilium: agents with Hubble, Envoy and the operator. */
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { CILIUM_NAMESPACE } from './values.ts';

/** Objects of this repository and not of the chart: its own would need their kinds before there is a node. */
export function ciliumMonitors(namespace: string): readonly IPodMonitor[] {
  return [
    monitor(namespace, 'cilium-agent', { 'k8s-app': 'cilium' }, ['prometheus', 'hubble-metrics']),
    monitor(namespace, 'cilium-envoy', { 'k8s-app': 'cilium-envoy' }, ['envoy-metrics']),
    monitor(namespace, 'cilium-operator', { 'io.cilium/app': 'operator' }, ['prometheus']),
  ];
}

function monitor(
  namespace: string,
  name: string,
  labels: Readonly<Record<string, string>>,
  ports: readonly string[],
): IPodMonitor {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name, namespace },
    spec: {
      namespaceSelector: { matchNames: [CILIUM_NAMESPACE] },
      selector: { matchLabels: { ...labels } },
      podMetricsEndpoints: ports.map(port => ({
        port,
        interval: '30s',
        // A node is what one looks for when a number of the network is wrong.
        relabelings: [
          { sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node', action: 'replace' },
        ],
      })),
    },
  };
}
