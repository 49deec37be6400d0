/** The cluster half of a starter: every module that can be generated, and what is left out with its reason. */
import type { Id } from '../content/catalogue.ts';
import { type Load, loadsOf } from './capacity/loads.ts';
import { CHOICES } from './choices.ts';
import type { Cluster, ClusterInput } from './cluster-input.ts';
import type { Cni, CniChoice } from './cni/cni.ts';
import { CNIS } from './cni/options.ts';
import { collect, policiesByOwner } from './collect.ts';
import type { Contribution } from './contribution.ts';
import type {
  ControlPlane,
  ControlPlanePages,
  InfrastructurePipeline,
} from './control-plane/control-plane.ts';
import { controlPlaneOf } from './control-plane/options.ts';
import { certManager } from './dns-and-certificates/cert-manager.ts';
import { EDGES } from './edge/options.ts';
import { calledByName } from './egress/dns-policy.ts';
import { isClosed, withChartsInside } from './egress/no-egress/closed.ts';
import { carriedIn } from './egress/no-egress.ts';
import type { Delivery } from './gitops/delivery.ts';
import { DELIVERIES } from './gitops/options.ts';
import { clusterImageWorkflow } from './image-build/cluster.ts';
import type { Mesh, MeshModule } from './mesh/mesh.ts';
import { MESHES } from './mesh/options.ts';
import { asTheCollectionReads, collectionOf } from './metrics/collection/whole.ts';
import { monitorKinds } from './metrics/monitor-kinds.ts';
import { rulesOutside } from './metrics/rule-files.ts';
import { scrapingWhatIsOpen } from './metrics/scraping.ts';
import type { Choice, MissingPart, ModuleInput, NoFiles, NotGenerated } from './module.ts';
import { domainOf } from './names.ts';
import type { StarterInput } from './part.ts';
import { addedByPack, answerOf, chosen, pickOf } from './picks.ts';
import { PRIORITIES, withCriticalPods } from './priority.ts';
import { profiled } from './profile.ts';
import { mirrorAddress } from './registry/image-source.ts';
import { BEFORE_THE_MIRROR, throughMirror } from './registry/through-mirror.ts';
import { imagesUsed, type UsedImages } from './repository/images.ts';
import { networkDenied } from './repository/runbooks/denied.ts';
import { clusterCount, clustersOf, isTopology, MOST_CLUSTERS } from './topology/clusters.ts';
import type { EdgeModule, WayIn } from './way-in.ts';
import { sampleWorkloads } from './workload/workloads.ts';

export interface ClusterParts {
  readonly input: ModuleInput;
  readonly contribution: Required<Contribution>;
  readonly wayIn: WayIn | null;
  readonly pipeline: InfrastructurePipeline | null;
  readonly pages: ControlPlanePages;
  readonly images: readonly UsedImages[];
  readonly loads: readonly Load[];
  /** Lines of scripts/bootstrap.sh, in order. */
  readonly bootstrap: string;
}
export interface ClusterPart {
  /** Null where nothing of the cluster could be generated without leaving a hole. */
  readonly built: ClusterParts | null;
  readonly missing: readonly MissingPart[];
}

export function clusterPart(given: StarterInput): ClusterPart {
  const { input: published, missing: left, checks } = profiled(given);
  const input = withChartsInside(published);
  const { ground, missing } = groundOf(input);
  missing.push(...left);
  const edge = partOf<EdgeModule>(input, 'edge', EDGES, missing);
  const meshModule = partOf<MeshModule | NoFiles>(input, 'mesh', MESHES, missing);
  const choices = Object.entries(CHOICES).flatMap(([decision, table]) => {
    const choice = partOf<Exclude<Choice, NotGenerated>>(input, decision, table, missing);
    return typeof choice === 'function' ? [{ decision, choice }] : [];
  });
  if (ground === null) return { built: null, missing };

  const { clusters, controlPlane, cni, delivery, kubernetes } = ground;
  const clusterInput: ClusterInput = {
    ...input,
    clusters,
    kubernetes,
    delivery: { ...delivery.facts, ...delivery.otherFacts?.(input) },
  };
  const { foundation, contribution, variables, pipeline, pages, bootstrap } = controlPlane.build(
    clusterInput,
    cni,
  );
  const moduleInput: ModuleInput = { ...clusterInput, foundation };
  const unfit = delivery.unfit?.(foundation) ?? null;
  if (unfit !== null) {
    generated<Delivery>(unfit, 'gitops', pickOf(input.stack, 'gitops') ?? '', missing);
    return { built: null, missing };
  }
  const way = edge === null ? null : wayOf(edge, moduleInput, missing);
  const mesh = meshOf(meshModule, moduleInput, way?.wayIn ?? null, missing);
  const whole = collect([
    contribution,
    ...(cni.contribution === undefined ? [] : [cni.contribution(moduleInput)]),
    { checks },
    { components: [PRIORITIES], runbooks: [networkDenied(cni.readingDenials)] },
    certManager(moduleInput),
    monitorKinds(moduleInput),
    ...(way === null ? [] : [{ ...way.contribution, nextSteps: [] }]),
    ...(mesh === null ? [] : [mesh.contribution]),
    ...choices.flatMap(({ decision, choice }): readonly Contribution[] => {
      const pick = pickOf(input.stack, decision) ?? '';
      const contributed = generated<Contribution>(choice(moduleInput), decision, pick, missing);
      return contributed === null ? [] : [contributed];
    }),
    delivery.contribution(moduleInput),
    clusterImageWorkflow(moduleInput),
    ...sampleWorkloads(moduleInput, way?.wayIn ?? null),
    // Whoever opens an address for the first time has certificates and secrets by then.
    { nextSteps: way?.contribution.nextSteps ?? [] },
  ]);
  const collection = collectionOf(moduleInput);
  const read = collection === null ? whole : asTheCollectionReads(whole, collection);
  const judged = collect([read, rulesOutside(moduleInput, read)]);
  const woven = mesh === null ? judged : mesh.weave(judged);
  const collected = calledByName(moduleInput, {
    ...woven,
    namespaces: withCriticalPods(foundation, woven),
    edges: scrapingWhatIsOpen(woven.edges),
  });
  const mirror = mirrorAddress(moduleInput);
  const gathered =
    mirror === null ? collected : throughMirror(collected, mirror, isClosed(input) ? [] : BEFORE_THE_MIRROR);
  const policies = policiesByOwner(gathered.edges, edges => cni.policies(edges, foundation.addresses));
  const filled = variables(
    namesIn([
      gathered,
      [...policies],
      foundation.addresses.resolvers ?? [],
      delivery.mentions?.(moduleInput, gathered) ?? [],
    ]),
  );
  const delivered = delivery.deliver(moduleInput, { ...gathered, policies, variables: filled.of });
  return {
    built: {
      input: moduleInput,
      contribution: collect([
        gathered,
        delivered,
        carriedIn({ ...moduleInput, catalogue: published.catalogue }, gathered.components),
        { files: filled.files, placeholders: filled.placeholders },
      ]),
      wayIn: way?.wayIn ?? null,
      pipeline,
      pages,
      images: imagesUsed(moduleInput, collected),
      loads: loadsOf(moduleInput, collected),
      bootstrap: `${bootstrap}\n${delivery.bootstrap(moduleInput)}`,
    },
    missing,
  };
}

function wayOf(edge: EdgeModule, input: ModuleInput, missing: MissingPart[]) {
  return generated<Exclude<ReturnType<EdgeModule>, NotGenerated>>(
    edge(input),
    'edge',
    pickOf(input.stack, 'edge') ?? '',
    missing,
  );
}

function meshOf(
  mesh: MeshModule | NoFiles | null,
  input: ModuleInput,
  wayIn: WayIn | null,
  missing: MissingPart[],
): Mesh | null {
  if (typeof mesh !== 'function') return null;
  return generated<Mesh>(mesh(input, wayIn), 'mesh', pickOf(input.stack, 'mesh') ?? '', missing);
}

/** Names of the variables in manifests, `${CLUSTER_NAME}`. */
function namesIn(manifests: unknown): ReadonlySet<string> {
  const text = JSON.stringify(manifests);
  return new Set([...text.matchAll(/(?<!\$)\$\{([A-Z_]+)\}/g)].map(([, name = '']) => name));
}

interface Ground {
  readonly clusters: readonly [Cluster, ...Cluster[]];
  readonly controlPlane: ControlPlane;
  readonly cni: Cni;
  readonly delivery: Delivery;
  readonly kubernetes: string;
}

/** Control plane, network plugin, topology and delivery hold each other up: without one of them none is written. */
function groundOf(input: StarterInput): { readonly ground: Ground | null; readonly missing: MissingPart[] } {
  const missing: MissingPart[] = [];
  const controlPlane = controlPlanePart(input, missing);
  const cni = cniPart(input, missing);
  const delivery = partOf<Delivery>(input, 'gitops', DELIVERIES, missing);
  const clusters = topologyPart(input, controlPlane?.fallbackRegion ?? '', missing);
  const kubernetes = input.stack.versions.kubernetes?.minor;
  const [first, ...more] = clusters ?? [];
  if (
    controlPlane === null ||
    cni === null ||
    delivery === null ||
    first === undefined ||
    kubernetes === undefined
  )
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

function partOf<T extends object>(
  input: StarterInput,
  decision: Id,
  table: Readonly<Record<Id, T | NotGenerated>>,
  missing: MissingPart[],
): T | null {
  const pick = pickOf(input.stack, decision);
  return pick === null ? null : generated(chosen(table, pick), decision, pick, missing);
}

function generated<T extends object>(
  entry: T | NotGenerated,
  decision: Id,
  pick: Id,
  missing: MissingPart[],
): T | null {
  if (!('notGenerated' in entry)) return entry;
  missing.push({ decision, pick, because: entry.notGenerated });
  return null;
}
