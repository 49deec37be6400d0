/** Which clusters of other regions or sites stand ready or serve as well, and which ones belong together. */
import type { Cluster } from '../cluster-input.ts';
import type { NotGenerated } from '../module.ts';
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
export function recoveryForm(input: StarterInput): RecoveryForm | NotGenerated | null {
  const pick = pickOf(input.stack, 'recovery');
  if (pick !== 'pilot-light' && pick !== 'warm-standby' && pick !== 'active-active') return null;
  const missing = pick === 'active-active' ? null : whatAStandbyMisses(input);
  return missing === null ? pick : { notGenerated: missing };
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

function whatAStandbyMisses({ stack }: StarterInput): string | null {
  const data = pickOf(stack, 'data-services');
  if (data === 'operator-in-cluster' && !archivesAreShared({ stack }))
    return 'Databases in the cluster are not copied to a second region here: without a way out nothing there reaches a bucket of the first one, and no rule is written by which S3 copies it to a bucket nearby.';
  return null;
}

/** Whether a cluster can read what the databases of another one have archived. */
export function archivesAreShared({ stack }: Pick<StarterInput, 'stack'>): boolean {
  // Without a way out the buckets of another region of AWS are out of reach.
  return answerOf(stack, 'cloud') !== 'aws' || pickOf(stack, 'egress') !== 'no-egress';
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
