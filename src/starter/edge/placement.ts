/** How proxies and their controllers are placed and sized, whatever the chart calls it. */
import type { Foundation } from '../foundation.ts';

/** Spread over zones, so that the loss of one leaves most of them. */
export function overZones(labels: Readonly<Record<string, string>>) {
  return [
    {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'ScheduleAnyway' as const,
      labelSelector: { matchLabels: { ...labels } },
    },
  ];
}

export function onSystemPool({ systemPool }: Foundation) {
  return {
    nodeSelector: { ...systemPool.nodeSelector },
    tolerations: systemPool.tolerations.map(toleration => ({ ...toleration })),
  };
}

export const PROXY_SIZE = {
  requests: { cpu: '200m', memory: '256Mi' },
  limits: { memory: '512Mi' },
} as const;
export const CONTROLLER_SIZE = {
  requests: { cpu: '100m', memory: '256Mi' },
  limits: { memory: '512Mi' },
} as const;
export const PROXY_REPLICAS = { minReplicas: 3, maxReplicas: 9 } as const;

export const BY_PROCESSOR = [
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
] as const;

/** To pods of the node that answers, so that the sender is still seen, wherever only nodes with such pods answer. */
export function externalTraffic({ loadBalancer }: Pick<Foundation, 'loadBalancer'>): 'Cluster' | 'Local' {
  return loadBalancer.answeredBy === 'any-node' ? 'Cluster' : 'Local';
}

/** The class of the Service of the proxies, where the cloud needs one. */
export function ofBalancerClass({ loadBalancer }: Foundation) {
  return loadBalancer.class === null ? {} : { loadBalancerClass: loadBalancer.class };
}
