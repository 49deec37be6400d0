/** The cluster half of a starter: every module that can be generated, and what is left out with its reason. */
import type { Id } from '../content/catalogue.ts';
import { type Load, loadsOf } from './capacity/loads.ts';
import { CHOICES } from './choices.ts';
import { groundOf } from './cluster-ground.ts';
import type { ClusterInput } from './cluster-input.ts';
import { collect, policiesByOwner } from './collect.ts';
import type { Contribution } from './contribution.ts';
import type { ControlPlanePages, InfrastructurePipeline } from './control-plane/control-plane.ts';
import { certManager } from './dns-and-certificates/cert-manager.ts';
import { trustingHouse } from './dns-and-certificates/house/trusting.ts';
import { eachText } from './each-text.ts';
import { EDGES } from './edge/options.ts';
import { calledByName } from './egress/dns-policy.ts';
import { isClosed, withChartsInside } from './egress/no-egress/closed.ts';
import { withinNetwork } from './egress/no-egress/within-network.ts';
import { carriedIn } from './egress/no-egress.ts';
import { throughProxy } from './egress/proxy/through-proxy.ts';
import { askingWayOut, listedWayOut } from './egress/way-out/list.ts';
import type { Foundation } from './foundation.ts';
import type { Delivery } from './gitops/delivery.ts';
import { clusterImageWorkflow } from './image-build/cluster.ts';
import { apart } from './mesh/apart.ts';
import type { Mesh, MeshModule } from './mesh/mesh.ts';
import { MESHES } from './mesh/options.ts';
import { asTheCollectionReads, collectionOf } from './metrics/collection/whole.ts';
import { monitorKinds } from './metrics/monitor-kinds.ts';
import { asTheStoreJudges } from './metrics/one-store.ts';
import { rulesOutside } from './metrics/rule-files.ts';
import { scrapingWhatIsOpen } from './metrics/scraping.ts';
import { missingNodes } from './missing-nodes.ts';
import { generated, partOf } from './missing-parts.ts';
import type { Choice, MissingPart, ModuleInput, NoFiles, NotGenerated } from './module.ts';
import type { StarterInput } from './part.ts';
import { pickOf } from './picks.ts';
import { PRIORITIES, withCriticalPods } from './priority.ts';
import { profiled } from './profile.ts';
import { mirrorAddress } from './registry/image-source.ts';
import { BEFORE_THE_MIRROR, throughMirror } from './registry/through-mirror.ts';
import { imagesUsed, type UsedImages } from './repository/images.ts';
import { networkDenied } from './repository/runbooks/denied.ts';
import { shownByDelivery, shownOf } from './shown.ts';
import type { EdgeModule, WayIn } from './way-in.ts';
import { windowsPages } from './windows-page.ts';
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
  if (ground === null) return { built: null, missing };
  missing.push(...left);
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
  const fits = (decision: Id) => fitting(input, foundation, decision, missing);
  const edge = fits('edge') ? partOf<EdgeModule>(input, 'edge', EDGES, missing) : null;
  const meshModule = fits('mesh') ? partOf<MeshModule | NoFiles>(input, 'mesh', MESHES, missing) : null;
  const choices = Object.entries(CHOICES).flatMap(([decision, table]) => {
    if (!fits(decision)) return [];
    const choice = partOf<Exclude<Choice, NotGenerated>>(input, decision, table, missing);
    return typeof choice === 'function' ? [{ decision, choice }] : [];
  });
  const moduleInput: ModuleInput = { ...clusterInput, foundation };
  missing.push(...missingNodes(moduleInput));
  const unfit = delivery.unfit?.(moduleInput) ?? null;
  if (unfit !== null) {
    generated<Delivery>(unfit, 'gitops', pickOf(input.stack, 'gitops') ?? '', missing);
    return { built: null, missing };
  }
  const way = edge === null ? null : wayOf(edge, moduleInput, missing);
  const mesh = meshOf(meshModule, moduleInput, way?.wayIn ?? null, missing);
  if (mesh !== null) missing.push(...apart(moduleInput));
  const asRun = foundation.fit?.asRun ?? (all => all);
  const first: readonly Contribution[] = [
    contribution,
    ...(cni.contribution === undefined ? [] : [cni.contribution(moduleInput)]),
    { checks: [...checks, ...shownOf(input, shownByDelivery(moduleInput))] },
    {
      components: [PRIORITIES],
      runbooks: [networkDenied(cni.readingDenials), ...windowsPages(moduleInput)],
    },
  ];
  const others: readonly Contribution[] = [
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
  ];
  const certificates = certManager(moduleInput, [...first, ...others]);
  const whole = asRun(collect([...first, certificates, ...others]));
  const collection = collectionOf(moduleInput);
  const read =
    collection === null ? asTheStoreJudges(moduleInput, whole) : asTheCollectionReads(whole, collection);
  const judged = collect([read, rulesOutside(moduleInput, read)]);
  const woven = mesh === null ? judged : mesh.weave(judged);
  const open = { ...woven, edges: scrapingWhatIsOpen(woven.edges) };
  const trusting = trustingHouse(moduleInput, { ...open, namespaces: withCriticalPods(foundation, woven) });
  const called = throughProxy(moduleInput, { ...calledByName(moduleInput, trusting) });
  const collected = withinNetwork(moduleInput, called);
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
  const images = imagesUsed(moduleInput, collected);
  const filledIn = { files: filled.files, placeholders: filled.placeholders };
  const delivered = delivery.deliver(moduleInput, { ...gathered, policies, variables: filled.of });
  return {
    built: {
      input: moduleInput,
      contribution: collect([
        gathered,
        delivered,
        carriedIn(
          { ...moduleInput, catalogue: published.catalogue },
          collect([gathered, delivered, filledIn]),
        ),
        filledIn,
        listedWayOut(moduleInput, { ...gathered, edges: open.edges }, images),
      ]),
      wayIn: way?.wayIn ?? null,
      pipeline,
      pages: askingWayOut(moduleInput, pages),
      images,
      loads: loadsOf(moduleInput, collected),
      bootstrap: `${bootstrap}\n${delivery.bootstrap(moduleInput)}`,
    },
    missing,
  };
}

/** Whether the control plane lets the pick be generated; why not is added to what is missing. */
function fitting(
  { stack }: StarterInput,
  { fit }: Foundation,
  decision: Id,
  missing: MissingPart[],
): boolean {
  const pick = pickOf(stack, decision);
  const because = pick === null ? null : (fit?.leavesOut({ stack }, decision, pick) ?? null);
  if (pick !== null && because !== null) missing.push({ decision, pick, because });
  return because === null;
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
  const names = new Set<string>();
  eachText(manifests, text => {
    // Most texts name none, and a search for one is far quicker than an expression.
    if (!text.includes('${')) return;
    for (const [, name = ''] of text.matchAll(/(?<!\$)\$\{([A-Z_]+)\}/g)) names.add(name);
  });
  return names;
}
