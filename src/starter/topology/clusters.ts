/** The clusters of each topology: how many, what they are called, and which addresses they own. */
import type { Id } from '../../content/catalogue.ts';
import type { Cluster } from '../cluster-input.ts';
import { servesUsers } from '../environments/spared.ts';
import type { StarterInput } from '../part.ts';
import { numberAnswer, pickOf } from '../picks.ts';
import { type RecoveryForm, type RecoveryRole, recoveryForm } from '../recovery/places.ts';
import { rangesOf } from './ranges.ts';

export type TopologyOption =
  | 'shared-cluster'
  | 'cluster-per-environment'
  | 'cluster-per-region-and-tier'
  | 'cluster-per-tenant';

/** A region of the provider; `label` names clusters, and stays a label where the project does not name its regions. */
export interface Region {
  readonly id: string;
  readonly label: string;
  readonly given: boolean;
}

interface ClusterName {
  readonly name: string;
  readonly environment: string;
  readonly region: Region;
  /** Its name without that of its region, where it has one; clusters that share names have it in common. */
  readonly serves?: string;
  readonly recovery?: RecoveryRole;
}
type Topology = (input: StarterInput, regions: Regions) => readonly ClusterName[];
type Regions = readonly [Region, ...Region[]];

export const TOPOLOGIES = {
  'cluster-per-environment': (input, regions) =>
    environmentsOf(input).map(environment => ({ name: environment, environment, region: regions[0] })),
  'cluster-per-region-and-tier': (input, regions) =>
    environmentsOf(input).flatMap(environment => regionsAndTiers(input, regions, environment)),
  // Environments are namespaces in it.
  'shared-cluster': (_input, regions) => [{ name: 'shared', environment: 'shared', region: regions[0] }],
  // What comes before production is shared by all of them.
  'cluster-per-tenant': (input, regions) => [
    ...environmentsOf(input)
      .filter(environment => environment !== 'production')
      .map(environment => ({ name: environment, environment, region: regions[0] })),
    ...teamsOf(input).map(tenant => ({
      name: `tenant-${tenant}`,
      environment: 'production',
      region: regions[0],
    })),
  ],
} satisfies Record<TopologyOption, Topology>;

/** GitHub runs at most so many jobs of a matrix, and plans and comparisons have one for each cluster. */
export const MOST_CLUSTERS = 256;

/** How many clusters a stack has; null where it has none, or where a pack says how they are cut. */
export function clusterCount(input: StarterInput): number | null {
  const pick = pickOf(input.stack, 'topology');
  if (pick === null || !isTopology(pick)) return null;
  const plan: Topology = TOPOLOGIES[pick];
  return withOtherPlaces(plan, input, '').length;
}

export function clustersOf(
  topology: TopologyOption,
  input: StarterInput,
  fallbackRegion: string,
  domain: string,
): readonly Cluster[] {
  const plan: Topology = TOPOLOGIES[topology];
  const names = withOtherPlaces(plan, input, fallbackRegion);
  const ranges = rangesOf(
    input,
    names.map(({ name }) => name),
  );
  return names.map(cluster => ({
    name: cluster.name,
    environment: cluster.environment,
    region: cluster.region.id,
    regionGiven: cluster.region.given,
    // Whoever takes over, or serves as well, does it under the same names.
    domain: domainUnder(cluster.recovery === undefined ? cluster.name : servesAs(cluster), domain),
    ...ranges(cluster.name),
    ...(cluster.recovery === undefined ? {} : { recovery: cluster.recovery }),
  }));
}

function domainUnder(name: string, domain: string): string {
  return ['production', 'shared'].includes(name) ? domain : `${name}.${domain}`;
}

function servesAs({ name, serves = name }: ClusterName): string {
  return serves;
}

/**
 * Production in other regions: those that the topology has already, or one more for every cluster, behind all others. Of
 * two regions the second can do nothing but stand ready; more of them serve their own names, and each stands by in the next.
 */
function withOtherPlaces(plan: Topology, input: StarterInput, fallback: string): readonly ClusterName[] {
  const regions = regionsOf(input, fallback);
  const names = plan(input, regions);
  const form = recoveryForm(input);
  if (typeof form !== 'string') return names;
  const firsts = names.filter(({ environment }) => servesUsers(environment));
  const across = new Set(firsts.map(servesAs)).size < firsts.length;
  if (across && (regions.length === 2 || form === 'active-active'))
    return names.map(each => withRole(each, firsts, form));
  const given = input.project.regions?.[1];
  const second: Region = { id: given ?? fallback, label: 'second', given: given !== undefined };
  const next = ({ region }: ClusterName) =>
    across ? (regions[(regions.indexOf(region) + 1) % regions.length] ?? second) : second;
  return withAnother(names, firsts, form, next);
}

/** The first region comes first among those of the same names. */
function withRole(each: ClusterName, firsts: readonly ClusterName[], form: RecoveryForm): ClusterName {
  if (!firsts.includes(each)) return each;
  const [first, second] = firsts.filter(other => servesAs(other) === servesAs(each));
  if (first === undefined || second === undefined) return each;
  return first === each
    ? { ...each, recovery: { role: 'first', form, partner: second.name } }
    : { ...each, recovery: { role: 'second', form, partner: first.name } };
}

function withAnother(
  names: readonly ClusterName[],
  firsts: readonly ClusterName[],
  form: RecoveryForm,
  next: (first: ClusterName) => Region,
): readonly ClusterName[] {
  const second = (name: string) => `${name}-${form === 'active-active' ? 'second' : 'standby'}`;
  return [
    ...names.map(
      (each): ClusterName =>
        firsts.includes(each)
          ? { ...each, serves: each.name, recovery: { role: 'first', form, partner: second(each.name) } }
          : each,
    ),
    ...firsts.map(
      (first): ClusterName => ({
        name: second(first.name),
        environment: first.environment,
        region: next(first),
        serves: first.name,
        recovery: { role: 'second', form, partner: first.name },
      }),
    ),
  ];
}

/** In the order in which a change passes through them; production is the last. */
export function environmentsOf({ stack }: StarterInput): readonly string[] {
  const before = ['staging', 'development', 'test', 'acceptance'];
  const count = numberAnswer(stack, 'environments', 2) - 1;
  const names = Array.from({ length: count }, (_, index) => before[index] ?? `environment-${index + 2}`);
  return [...names.reverse(), 'production'];
}

/** Teams, or tenants, by name; stand-ins where the project names none. */
export function teamsOf({ stack, project }: StarterInput): readonly string[] {
  const count = Math.min(numberAnswer(stack, 'teams', 1), 3);
  return project.teams ?? Array.from({ length: count }, (_, index) => `${index + 1}`);
}

function regionsOf({ stack, project }: StarterInput, fallback: string): Regions {
  const [first, ...more] = Array.from({ length: numberAnswer(stack, 'regions', 1) }, (_, index) => {
    const id = project.regions?.[index];
    return id === undefined
      ? { id: fallback, label: `region-${index + 1}`, given: false }
      : { id, label: slug(id), given: true };
  });
  return [first ?? { id: fallback, label: 'region-1', given: false }, ...more];
}

/** Names of folders and clusters are made of it. */
function slug(region: string): string {
  const name = region
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'region' : name;
}

function regionsAndTiers(
  { stack }: StarterInput,
  regions: Regions,
  environment: string,
): readonly ClusterName[] {
  const tiers = numberAnswer(stack, 'criticality-tiers', 1);
  return regions.flatMap(region =>
    Array.from({ length: tiers }, (_, index) => {
      const tier = tiers > 1 ? [`tier-${index + 1}`] : [];
      return {
        name: [environment, ...(regions.length > 1 ? [region.label] : []), ...tier].join('-'),
        serves: [environment, ...tier].join('-'),
        environment,
        region,
      };
    }),
  );
}

export function isTopology(option: Id): option is TopologyOption {
  return option in TOPOLOGIES;
}
