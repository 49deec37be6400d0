/** How many addresses pods and nodes take, by the formulas of the providers. Prefixes are lengths: 24 for a /24. */

/** Length of the range that GKE gives each node: at least twice its highest number of pods (NODE-05). */
export function gkeNodePrefix(podsPerNode: number): number {
  return 32 - Math.ceil(Math.log2(2 * podsPerNode));
}

/** Nodes that fit into a pod range of GKE (NODE-05). */
export function gkeNodes(podRange: number, podsPerNode: number): number {
  return ranges(podRange, gkeNodePrefix(podsPerNode));
}

/** Nodes that fit into the pod range of Azure CNI Overlay: a /24 each (NODE-05B). */
export function aksOverlayNodes(podRange: number): number {
  return ranges(podRange, 24);
}

/** Addresses of a subnet that a node of EKS takes with prefix delegation: blocks of 16 and its own (CNI-08). */
export function eksNodeAddresses(podsPerNode: number): number {
  return 16 * Math.ceil(podsPerNode / 16) + 1;
}

/** Free addresses that an upgrade of EKS takes (NET-03). */
const EKS_UPGRADE_ADDRESSES = 5;

/** Nodes that fit into a range of EKS, what an upgrade takes left free (CNI-08, NET-03). */
export function eksNodes(range: number, podsPerNode: number): number {
  const free = 2 ** (32 - range) - EKS_UPGRADE_ADDRESSES;
  return Math.max(0, Math.floor(free / eksNodeAddresses(podsPerNode)));
}

const ranges = (of: number, prefix: number): number => (prefix < of ? 0 : 2 ** (prefix - of));
