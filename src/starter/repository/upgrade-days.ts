/** When minors of Kubernetes end at this provider, and when to have left them. */
import type { Day, KubernetesRelease } from '../../content/catalogue.ts';
import { daysAfter, daysBetween, monthsAfter } from '../day.ts';
import type { ModuleInput } from '../module.ts';
import { answerOf, pickOf } from '../picks.ts';

type Provider = keyof KubernetesRelease['supportedUntil'];
const PROVIDERS: Readonly<Record<string, Provider>> = { aws: 'eks', azure: 'aks', gcp: 'gke' };

export interface MinorDays {
  readonly minor: string;
  readonly until: Day;
}

/** This minor and later ones whose end is known, in order. */
export function minorsFrom({ stack, catalogue, kubernetes }: ModuleInput): readonly MinorDays[] {
  const cloud = answerOf(stack, 'cloud');
  const ofPlace = PROVIDERS[typeof cloud === 'string' ? cloud : ''] ?? 'upstream';
  const provider = pickOf(stack, 'distribution') === 'openshift' ? 'openshift' : ofPlace;
  const index = catalogue.releases.kubernetes.findIndex(({ minor }) => minor === kubernetes);
  return catalogue.releases.kubernetes.slice(Math.max(index, 0)).flatMap(({ minor, supportedUntil }) => {
    const until = supportedUntil[provider];
    return until === null ? [] : [{ minor, until }];
  });
}

/** Days from one end of support to the next; null where only one is known. */
export function supportDays(input: ModuleInput): number | null {
  const [first, second] = minorsFrom(input);
  return first === undefined || second === undefined ? null : daysBetween(first.until, second.until);
}

export interface PlannedUpgrade {
  readonly from: string;
  readonly to: string;
  readonly clusters: readonly { readonly name: string; readonly begins: Day; readonly ends: Day }[];
  /** After this day the provider upgrades by itself, or supports it no longer. */
  readonly until: Day;
}

/** Days that a cluster runs on the new minor before the next one follows. */
const SETTLING = 7;

/** Each minor is left two months before its end, cluster after cluster, and no sooner than today. */
export function plannedUpgrades(input: ModuleInput): readonly PlannedUpgrade[] {
  const minors = minorsFrom(input);
  return minors.flatMap(({ minor, until }, index) => {
    const next = minors[index + 1];
    if (next === undefined) return [];
    const planned = monthsAfter(until, -2);
    const [start = planned] = [planned, input.stack.asOf].sort().reverse();
    const clusters = input.clusters.map(({ name }, place) => {
      const begins = daysAfter(start, place * SETTLING);
      return { name, begins, ends: daysAfter(begins, SETTLING) };
    });
    return [{ from: minor, to: next.minor, clusters, until }];
  });
}
