/** What each way of delivery needs to be generated. */
import type { NotGenerated } from '../module.ts';
import { argoCd } from './argo-cd.ts';
import type { Delivery } from './delivery.ts';
import { flux } from './flux.ts';

export type GitopsOption = 'flux' | 'argo-cd' | 'push';

export const DELIVERIES = {
  flux,
  'argo-cd': argoCd,
  push: { notGenerated: 'A pipeline that applies the manifests is not generated yet.' },
} satisfies Record<GitopsOption, Delivery | NotGenerated>;
