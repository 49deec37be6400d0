/** Names that infrastructure and manifests share. */
import { hostOf } from '../../cidr.ts';
import type { Cluster, ClusterInput } from '../../module.ts';
import type { StarterInput } from '../../part.ts';

/** The cluster's name in AWS. */
export function clusterTitle({ project }: StarterInput, cluster: Cluster): string {
  return `${project.name}-${cluster.name}`;
}

/** What Flux puts in the place of `${…}`; the output `cluster_vars` of the infrastructure says the same. */
export function clusterVariables(input: ClusterInput, cluster: Cluster): Readonly<Record<string, string>> {
  return {
    CLUSTER_NAME: clusterTitle(input, cluster),
    ENVIRONMENT: cluster.environment,
    KUBERNETES_SERVICE_ADDRESS: hostOf(cluster.serviceCidr, 1),
    REGION: cluster.region,
    VPC_CIDR: cluster.vpcCidr,
  };
}
