/** How pods prove who they are to the cloud: it comes with the infrastructure. */
import type { Choice } from '../module.ts';
import { spiffe } from './spiffe.ts';

export type WorkloadIdentityOption = 'cloud-native' | 'spiffe' | 'none';

export const WORKLOAD_IDENTITY = {
  'cloud-native': { noFiles: true },
  spiffe: input =>
    input.foundation.hostAccess === 'refused'
      ? {
          notGenerated:
            'Agents of SPIRE look at the processes of their node, which this kind of cluster admits by an allow-list of its provider alone: pods have the identity of the cloud.',
        }
      : spiffe(input),
  none: { noFiles: true },
} satisfies Record<WorkloadIdentityOption, Choice>;
