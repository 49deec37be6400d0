/** Whether the clusters of an environment are joined by gateways of the mesh, and by which way these reach one another. */
import { answersWithin } from '../../api-exposure/access.ts';
import type { Cluster } from '../../cluster-input.ts';
import { peersOf } from '../../cni/cilium/joined-clusters.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { ModuleInput } from '../../module.ts';
import { answerOf, pickOf } from '../../picks.ts';

/** Hosts of one house; public addresses for callers on a list; addresses within networks that the house connects. */
export type Way = 'house' | 'internet' | 'routed';

/** Meshes whose gateways are generated. */
const JOINING: readonly (string | null)[] = ['linkerd', 'istio-sidecar'];

export function isAskedToJoin(input: ModuleInput): boolean {
  return (
    answerOf(input.stack, 'cross-cluster') === 'yes' &&
    input.clusters.some(each => peersOf(input, each).length > 0)
  );
}

export function joinedClusters(input: ModuleInput): readonly Cluster[] {
  return input.clusters.filter(each => peersOf(input, each).length > 0);
}

/** Null where the mesh joins nothing. */
export function wayBetween(input: ModuleInput): Way | null {
  if (!isAskedToJoin(input) || !JOINING.includes(pickOf(input.stack, 'mesh'))) return null;
  const way = reach(input);
  return typeof way === 'string' ? way : null;
}

/** Why gateways would not reach one another: a sentence. */
export function reach(input: ModuleInput): Way | { readonly because: string } {
  const { stack, foundation } = input;
  const cloud = answerOf(stack, 'cloud');
  if (cloud === 'on-prem') return 'house';
  if (wayOut(input) !== 'nat') return { because: NO_WAY_OUT };
  if (answersWithin(input) || foundation.privateApi !== undefined)
    return foundation.loadBalancer.annotationsWithin === undefined ? { because: PRIVATE } : 'routed';
  return cloud === 'gcp' ? { because: ADDRESSES_CHANGE } : 'internet';
}

const NO_WAY_OUT =
  'What leaves the clusters passes a firewall or a proxy of the house or does not leave at all, and neither the gateways nor the APIs of other clusters are let through there.';
const PRIVATE =
  'The API of each cluster answers within its own network alone, and with this control plane nothing is generated that reaches it from the network of another one.';
const ADDRESSES_CHANGE =
  'Cloud NAT takes addresses of its own choosing, so that neither the APIs nor the gateways of the others can be opened to them alone.';

/** What the balancer of the gateway lets in; a token where only the NAT gateways of the others say it. */
export function sourcesOf(input: ModuleInput, cluster: Cluster, token: string): readonly string[] {
  return wayBetween(input) === 'internet' ? [token] : peersOf(input, cluster).map(({ vpcCidr }) => vpcCidr);
}
