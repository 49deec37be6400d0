/** What each way of delivery needs to be generated. */
import { argoCd } from './argo-cd.ts';
import type { Delivery } from './delivery.ts';
import { flux } from './flux.ts';
import { push } from './push.ts';

export type GitopsOption = 'flux' | 'argo-cd' | 'push';

export const DELIVERIES = {
  flux,
  'argo-cd': argoCd,
  push,
} satisfies Record<GitopsOption, Delivery>;
