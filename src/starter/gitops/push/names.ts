/** Names that the parts of the pipeline share. */
import type { Cluster } from '../../cluster-input.ts';

/** Where the pipeline writes down what it has applied. */
export const DELIVERY_NAMESPACE = 'delivery';
export const API_VERSION = 'delivery.platform/v1';
/** Where values stand in what is read from delivery/. */
export const VALUES_PLACE = {
  target: { group: 'delivery.platform', version: 'v1', kind: 'Chart' },
  path: '/spec/values',
} as const;
export const DELIVER = 'scripts/deliver.sh';
export const DELIVER_RELEASE = 'scripts/deliver-release.sh';
export const COMPARE = 'scripts/compare.sh';
export const DELIVER_WORKFLOW = '.github/workflows/deliver.yaml';
export const COMPARE_WORKFLOW = '.github/workflows/compare.yaml';
export const ACCESS = 'delivery/access';

/** The list of what a step has applied; what falls out of it is removed from the cluster. */
export function inventoryOf(step: string): string {
  return `delivered-${step}`;
}

export function stepsPath({ name }: Pick<Cluster, 'name'>): string {
  return `clusters/${name}/steps.yaml`;
}
