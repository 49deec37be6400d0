/** Clusters that services have to call one another between, and whose meshes stay apart. */
import type { ClusterInput } from '../cluster-input.ts';
import { peersOf } from '../cni/cilium/joined-clusters.ts';
import type { MissingPart } from '../module.ts';
import { answerOf, pickOf } from '../picks.ts';

const MESHES: readonly (string | null)[] = ['linkerd', 'istio-ambient', 'istio-sidecar'];

export function apart(input: ClusterInput): readonly MissingPart[] {
  const pick = pickOf(input.stack, 'mesh');
  const isAsked = answerOf(input.stack, 'cross-cluster') === 'yes' && MESHES.includes(pick);
  if (!isAsked || !input.clusters.some(each => peersOf(input, each).length > 0)) return [];
  return [{ decision: 'mesh', pick: pick ?? '', because: BECAUSE }];
}

const BECAUSE =
  'Each cluster is a mesh of its own, with its own authority: joining them takes an authority that all share and gateways from one to the other, which are not generated. Services call those of another cluster through its way in.';
