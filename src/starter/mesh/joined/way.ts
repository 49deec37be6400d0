/** Whether the clusters of an environment are joined by gateways of the mesh, and by which way these reach one another. */
import { answersWithin } from '../../api-exposure/access.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { peersOf } from '../../cni/cilium/joined-clusters.ts';
import { isOpenshift } from '../../control-plane/openshift/project.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { ModuleInput } from '../../module.ts';
import { answerOf, pickOf } from '../../picks.ts';

/** Hosts of one house; public addresses for callers on a list; addresses within networks that the house connects. */
export type Way = 'house' | 'internet' | 'routed';

/** Meshes whose gateways are generated. */
const JOINING: readonly (string | null)[] = ['linkerd', 'istio-sidecar'];

export function isAskedToJoin(input: ClusterInput): boolean {
  return (
    answerOf(input.stack, 'cross-cluster') === 'yes' &&
    input.clusters.some(each => peersOf(input, each).length > 0)
  );
}

export function joinedClusters(input: ClusterInput): readonly Cluster[] {
  return input.clusters.filter(each => peersOf(input, each).length > 0);
}

/** Null where the mesh joins nothing. */
export function wayBetween(input: ClusterInput): Way | null {
  if (!isAskedToJoin(input) || !JOINING.includes(pickOf(input.stack, 'mesh'))) return null;
  const way = reach(input);
  return typeof way === 'string' ? way : null;
}

/** By addresses within networks that the house connects. */
export const isRouted = (input: ClusterInput): boolean => wayBetween(input) === 'routed';

/** Why gateways would not reach one another: a sentence. */
export function reach(input: ClusterInput): Way | { readonly because: string } {
  if (answerOf(input.stack, 'cloud') === 'on-prem') return 'house';
  // What networks send to one another goes by what connects them, whatever way leads out.
  if (apiIsWithin(input)) return 'routed';
  return wayOut(input) === 'nat' ? 'internet' : { because: NO_WAY_OUT };
}

/** Whether networks that are connected find the API at an address of its network; before machines it has a private name there in any case. */
function apiIsWithin(input: ClusterInput): boolean {
  const { stack } = input;
  const cloud = answerOf(stack, 'cloud');
  // GKE has a private address beside the name by which it answers outside.
  if (answersWithin(input) || cloud === 'gcp') return true;
  // Its installer gives it no other address here.
  if (isOpenshift(input)) return true;
  if (pickOf(stack, 'control-plane') !== 'self-managed') return false;
  return cloud !== 'aws' || wayOut(input) !== 'nat';
}

const NO_WAY_OUT =
  'The API of each cluster is asked at a public address, and what leaves the clusters passes a firewall or a proxy of the house, which lets nothing through to those of others.';

/** What the balancer of the gateway lets in; a token where only the NAT gateways of the others say it. */
export function sourcesOf(input: ModuleInput, cluster: Cluster, token: string): readonly string[] {
  if (wayBetween(input) === 'internet') return [token];
  const { podsCallFrom } = input.foundation;
  return peersOf(input, cluster).flatMap(peer => [peer.vpcCidr, ...(podsCallFrom?.(peer) ?? [])]);
}
