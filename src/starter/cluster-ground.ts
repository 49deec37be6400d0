/** What every other module stands on: control plane, network plugin, clusters and delivery. */
import type { Cluster } from './cluster-input.ts';
import type { Cni, CniChoice } from './cni/cni.ts';
import { CNIS } from './cni/options.ts';
import type { ControlPlane } from './control-plane/control-plane.ts';
import { controlPlaneOf } from './control-plane/options.ts';
import type { Delivery } from './gitops/delivery.ts';
import { DELIVERIES } from './gitops/options.ts';
import { generated, partOf } from './missing-parts.ts';
import type { MissingPart, NotGenerated } from './module.ts';
import { domainOf } from './names.ts';
import type { StarterInput } from './part.ts';
import { addedByPack, answerOf, pickOf } from './picks.ts';
import { clusterCount, clustersOf, isTopology, MOST_CLUSTERS } from './topology/clusters.ts';

interface Ground {
  readonly clusters: readonly [Cluster, ...Cluster[]];
  readonly controlPlane: ControlPlane;
  readonly cni: Cni;
  readonly delivery: Delivery;
  readonly kubernetes: string;
}

/**
 * Control plane, network plugin, topology and delivery hold each other up: without one of them none is written. Without a
 * control plane its own reason is the only one: what stands on it could not be told from what it would be elsewhere.
 */
export function groundOf(input: StarterInput): {
  readonly ground: Ground | null;
  readonly missing: MissingPart[];
} {
  const missing: MissingPart[] = [];
  const controlPlane = controlPlanePart(input, missing);
  if (controlPlane === null) return { ground: null, missing };
  const cni = cniPart(input, missing);
  const delivery = partOf<Delivery>(input, 'gitops', DELIVERIES, missing);
  const clusters = topologyPart(input, controlPlane.fallbackRegion, missing);
  const kubernetes = input.stack.versions.kubernetes?.minor;
  const [first, ...more] = clusters ?? [];
  if (cni === null || delivery === null || first === undefined || kubernetes === undefined)
    return { ground: null, missing };
  return { ground: { clusters: [first, ...more], controlPlane, cni, delivery, kubernetes }, missing };
}

function controlPlanePart(input: StarterInput, missing: MissingPart[]): ControlPlane | null {
  const pick = pickOf(input.stack, 'control-plane');
  const cloud = answerOf(input.stack, 'cloud');
  if (pick === null || typeof cloud !== 'string') return null;
  return generated(controlPlaneOf(input, pick, cloud), 'control-plane', pick, missing);
}

function cniPart(input: StarterInput, missing: MissingPart[]): Cni | null {
  const choice = partOf<Exclude<CniChoice, NotGenerated>>(input, 'cni', CNIS, missing);
  if (typeof choice !== 'function') return choice;
  return generated<Cni>(choice(input), 'cni', pickOf(input.stack, 'cni') ?? '', missing);
}

function topologyPart(
  input: StarterInput,
  fallbackRegion: string,
  missing: MissingPart[],
): readonly Cluster[] | null {
  const pick = pickOf(input.stack, 'topology');
  if (pick === null) return null;
  if (!isTopology(pick)) return generated<readonly Cluster[]>(addedByPack(pick), 'topology', pick, missing);
  const count = clusterCount(input) ?? 0;
  if (count > MOST_CLUSTERS) {
    const because = `${count} clusters are more than one repository holds: GitHub runs at most ${MOST_CLUSTERS} jobs of a matrix, and plans and comparisons have one for each cluster.`;
    return generated<readonly Cluster[]>({ notGenerated: because }, 'topology', pick, missing);
  }
  return generated(clustersOf(pick, input, fallbackRegion, domainOf(input)), 'topology', pick, missing);
}
