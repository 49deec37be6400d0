/** Ranges of a cluster on AKS: its network divided, and the pods of an overlay. */
import { partOf, rangesMeet } from '../../cidr.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { answerOf, pickOf } from '../../picks.ts';

/** As network.tf divides the network: the first quarter, and a small range at the beginning of the second. */
export function nodeRange({ vpcCidr }: Cluster): string {
  return partOf(vpcCidr, 4, 0);
}
export function apiServerRange({ vpcCidr }: Cluster): string {
  return partOf(vpcCidr, 256, 64);
}

/** Each node takes a /24 of it. Nothing outside sees these addresses, so all clusters may have the same. */
const OVERLAYS = ['10.244.0.0/16', '192.168.0.0/16', '172.24.0.0/16', '100.96.0.0/16'];

export function overlayRange({ project, clusters }: ClusterInput): string {
  const taken = clusters.flatMap(({ vpcCidr, serviceCidr }) => [vpcCidr, serviceCidr]);
  const free = OVERLAYS.find(range => !taken.some(each => rangesMeet(range, each)));
  return project.network?.pods ?? free ?? '10.244.0.0/16';
}

/** Whether pods have addresses that the network knows nothing of. */
export function isOverlay({ stack }: ClusterInput): boolean {
  const pick = pickOf(stack, 'cni');
  return !(
    pick === 'azure-cni-pod-subnet' ||
    (pick === 'azure-cni-cilium' && answerOf(stack, 'pod-reachability') === 'yes')
  );
}
/** Whether the cluster stands in a network that somebody else owns. */
export function isGivenNetwork({ stack }: ClusterInput): boolean {
  return pickOf(stack, 'network') === 'existing-network';
}
/** Whether all that leaves goes through the firewall of that somebody; beside a proxy it refuses what knows nothing of that. */
export function isThroughFirewall({ stack }: ClusterInput): boolean {
  return pickOf(stack, 'egress') === 'central-firewall' || wayOut({ stack }) === 'proxy';
}
