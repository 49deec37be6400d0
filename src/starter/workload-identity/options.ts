/** How pods prove who they are to the cloud: it comes with the infrastructure. */
import type { Choice } from '../module.ts';
import { spiffe } from './spiffe.ts';

export type WorkloadIdentityOption = 'cloud-native' | 'spiffe' | 'none';

export const WORKLOAD_IDENTITY = {
  'cloud-native': { noFiles: true },
  spiffe,
  none: { noFiles: true },
} satisfies Record<WorkloadIdentityOption, Choice>;
