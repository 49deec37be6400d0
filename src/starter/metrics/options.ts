/** What measures and alerts: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { kubePrometheusStack } from './kube-prometheus-stack.ts';

export type MetricsOption = 'kube-prometheus-stack' | 'managed-metrics' | 'vendor';

export const METRICS = {
  'kube-prometheus-stack': kubePrometheusStack,
  'managed-metrics': {
    notGenerated:
      'The way to the managed service is not generated yet: monitors and alert rules are there for it, and nothing reads them.',
  },
  vendor: {
    notGenerated:
      'The agent of the vendor is not generated yet: monitors and alert rules are there for it, and nothing reads them.',
  },
} satisfies Record<MetricsOption, Choice>;
