/** How pods prove who they are to the cloud: it comes with the infrastructure. */
import type { Choice } from '../module.ts';

export type WorkloadIdentityOption = 'cloud-native' | 'spiffe' | 'none';

export const WORKLOAD_IDENTITY = {
  'cloud-native': { noFiles: true },
  spiffe: { notGenerated: 'SPIRE is not generated yet.' },
  none: { noFiles: true },
} satisfies Record<WorkloadIdentityOption, Choice>;
