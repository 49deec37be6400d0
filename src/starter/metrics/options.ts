/** What measures and alerts: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { managedMetrics, vendorMetrics } from './agent.ts';
import { kubePrometheusStack } from './kube-prometheus-stack.ts';
import { openshiftMonitoring } from './openshift-monitoring.ts';

export type MetricsOption = 'kube-prometheus-stack' | 'managed-metrics' | 'vendor' | 'openshift-monitoring';

export const METRICS = {
  'kube-prometheus-stack': kubePrometheusStack,
  'managed-metrics': managedMetrics,
  vendor: vendorMetrics,
  'openshift-monitoring': openshiftMonitoring,
} satisfies Record<MetricsOption, Choice>;
