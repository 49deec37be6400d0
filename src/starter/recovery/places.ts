/** Which clusters of other regions or sites stand ready or serve as well, and which ones belong together. */
import type { Cluster, ClusterInput } from '../cluster-input.ts';
import { wayOut } from '../egress/way-out/way.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';

export type StandbyForm = 'pilot-light' | 'warm-standby';
export type RecoveryForm = StandbyForm | 'active-active';

/** What a cluster is to the loss of a region. */
export interface RecoveryRole {
  /** Where all of them serve, the first is the one whose databases are written. */
  readonly role: 'first' | 'second';
  readonly form: RecoveryForm;
  /** The first of a second one, by name; the next second one of a first. */
  readonly partner: string;
}

/** Null where nothing stands ready or serves elsewhere. */
export function recoveryForm({ stack }: Pick<StarterInput, 'stack'>): RecoveryForm | null {
  const pick = pickOf(stack, 'recovery');
  return pick === 'pilot-light' || pick === 'warm-standby' || pick === 'active-active' ? pick : null;
}

/**
 * Certificates of AWS and Google serve at their own gateways, and a record of the infrastructure points there. At any other
 * gateway cert-manager proves names by records of the zone, as often as there are clusters, and people point names by hand.
 */
export function namesAreOfInfrastructure({ stack }: Pick<StarterInput, 'stack'>): boolean {
  return (
    pickOf(stack, 'dns-and-certificates') === 'cloud-managed' &&
    pickOf(stack, 'edge') === 'gateway-cloud' &&
    ['aws', 'gcp'].includes(String(answerOf(stack, 'cloud'))) &&
    pickOf(stack, 'control-plane') !== 'self-managed'
  );
}

/** Databases in a cluster follow the archive of another one. */
export function archivesAreFollowed({ stack, clusters }: Pick<ClusterInput, 'stack' | 'clusters'>): boolean {
  return pickOf(stack, 'data-services') === 'operator-in-cluster' && pairsOf(clusters).length > 0;
}

/** Without a way out the buckets of another region of AWS are out of reach: what is followed is a copy beside the follower. */
export function archivesAreCopied(input: Pick<ClusterInput, 'stack' | 'clusters'>): boolean {
  return archivesAreFollowed(input) && answerOf(input.stack, 'cloud') === 'aws' && wayOut(input) === 'none';
}

export function pairsOf(
  clusters: readonly Cluster[],
): readonly { readonly first: Cluster; readonly second: Cluster }[] {
  return clusters.flatMap(second => {
    const first = firstOf(clusters, second);
    return first === null ? [] : [{ first, second }];
  });
}
/** The cluster that this one stands ready for or serves beside; null where it is the first itself, or alone. */
export function firstOf(clusters: readonly Cluster[], { recovery }: Cluster): Cluster | null {
  return recovery?.role === 'second'
    ? (clusters.find(({ name }) => name === recovery.partner) ?? null)
    : null;
}
/** Workloads do not run, and nothing says that they should. */
export function isAsleep({ recovery }: Cluster): boolean {
  return recovery?.role === 'second' && recovery.form === 'pilot-light';
}
/** Serves under names that clusters of other regions serve under as well. */
export function sharesNames({ recovery }: Cluster): boolean {
  return recovery?.form === 'active-active';
}
/** Clusters of the same names, the first of each set in front. */
export function setsOf(clusters: readonly Cluster[]): readonly (readonly [Cluster, ...Cluster[]])[] {
  return clusters
    .filter(({ recovery }) => recovery?.role === 'first')
    .map(first => [first, ...clusters.filter(each => firstOf(clusters, each) === first)]);
}
/** The page that says when and how a second region becomes the one that is written. */
export function takeOverPage({ clusters }: { readonly clusters: readonly Cluster[] }): string {
  return `docs/runbooks/${clusters.some(sharesNames) ? 'lost-region' : 'take-over'}.md`;
}
