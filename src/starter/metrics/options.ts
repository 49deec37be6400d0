/** What measures and alerts: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { managedMetrics, vendorMetrics } from './agent.ts';
import { kubePrometheusStack } from './kube-prometheus-stack.ts';

export type MetricsOption = 'kube-prometheus-stack' | 'managed-metrics' | 'vendor';

export const METRICS = {
  'kube-prometheus-stack': kubePrometheusStack,
  'managed-metrics': managedMetrics,
  vendor: vendorMetrics,
} satisfies Record<MetricsOption, Choice>;
