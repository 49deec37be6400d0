/** What adds and removes nodes: what each option needs to be generated. */
import { byInfrastructure } from '../by-infrastructure.ts';
import type { Choice } from '../module.ts';
import { clusterAutoscaler } from './cluster-autoscaler.ts';
import { karpenter } from './karpenter.ts';

export type AutoscalingOption = 'fixed' | 'karpenter' | 'cluster-autoscaler' | 'provider-autoscaling';

export const AUTOSCALING = {
  fixed: { noFiles: true },
  karpenter,
  'cluster-autoscaler': clusterAutoscaler,
  'provider-autoscaling': byInfrastructure(
    'autoscaling',
    'provider-autoscaling',
    'The autoscaling of the provider is not generated yet: node groups keep their number of nodes.',
  ),
} satisfies Record<AutoscalingOption, Choice>;
