/** Which clusters stand ready in a second region or site, and for which ones. */
import type { Cluster } from '../cluster-input.ts';
import type { NotGenerated } from '../module.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, numberAnswer, pickOf } from '../picks.ts';

export type RecoveryForm = 'pilot-light' | 'warm-standby';

/** What a cluster is to the loss of a region. */
export interface RecoveryRole {
  readonly role: 'first' | 'second';
  readonly form: RecoveryForm;
  /** The other cluster of the pair, by name. */
  readonly partner: string;
}

/** Null where nothing stands ready elsewhere. */
export function recoveryForm(input: StarterInput): RecoveryForm | NotGenerated | null {
  const pick = pickOf(input.stack, 'recovery');
  if (pick !== 'pilot-light' && pick !== 'warm-standby') return null;
  const missing = whatIsMissing(input);
  return missing === null ? pick : { notGenerated: missing };
}

function whatIsMissing({ stack }: StarterInput): string | null {
  const cloud = answerOf(stack, 'cloud');
  const data = pickOf(stack, 'data-services');
  const names = pickOf(stack, 'dns-and-certificates');
  if (numberAnswer(stack, 'regions', 1) > 1 && pickOf(stack, 'topology') === 'cluster-per-region-and-tier')
    return 'Clusters of all regions serve under names of their own here, and nothing moves the names of one to another: say by hand which one takes over whose.';
  if (pickOf(stack, 'topology') === 'shared-cluster')
    return 'The one cluster has no second: a region that is lost takes all environments along until it is made anew.';
  if (data === 'managed-database' && cloud === 'gcp')
    return 'A copy of the database in a second region is not generated for Google Cloud yet, and without it the rest would stand ready for nothing.';
  if (data === 'operator-in-cluster' && cloud !== 'on-prem')
    return 'Databases in the cluster are not copied to a second region of a cloud yet: their archive can be read by the cluster that wrote it alone.';
  if (names !== 'external-dns-cert-manager' && names !== 'corporate-pki')
    return 'Certificates and names of this stack belong to one cluster alone, so a second one cannot serve under them.';
  return null;
}

/** `first` with the cluster that stands ready for it; alone where none does. */
export function secondOf(clusters: readonly Cluster[], first: Cluster): Cluster | null {
  return (
    clusters.find(({ name }) => first.recovery?.role === 'first' && name === first.recovery.partner) ?? null
  );
}
export function pairsOf(
  clusters: readonly Cluster[],
): readonly { readonly first: Cluster; readonly second: Cluster }[] {
  return clusters.flatMap(first => {
    const second = secondOf(clusters, first);
    return second === null ? [] : [{ first, second }];
  });
}
/** The other cluster of a pair; null where there is no pair. */
export function firstOf(clusters: readonly Cluster[], { recovery }: Cluster): Cluster | null {
  return recovery?.role === 'second'
    ? (clusters.find(({ name }) => name === recovery.partner) ?? null)
    : null;
}
/** Workloads do not run, and nothing says that they should. */
export function isAsleep({ recovery }: Cluster): boolean {
  return recovery?.role === 'second' && recovery.form === 'pilot-light';
}
