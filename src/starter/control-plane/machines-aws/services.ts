/** What AWS runs for clusters on machines of it: the services of EKS, reached by roles of the cluster's own issuer. */
import type { ClusterInput } from '../../cluster-input.ts';
import { awsSharedNames } from '../../recovery/shared-names/aws.ts';
import type { CloudServices } from '../../services.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { machinesRegistry } from './registry.ts';

export function machinesServices(input: ClusterInput, distribution: Distribution): CloudServices {
  return {
    registry: machinesRegistry(input, distribution),
    sharedNames: decision => awsSharedNames(input, decision),
  };
}
