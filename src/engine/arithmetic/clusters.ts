/** How many clusters a topology means, and what that multiplies: fees and hosts of control planes. */
import type { Id } from '../../content/catalogue.ts';
import type { Stack } from '../outcome.ts';

/** The highest number of clusters; null where it grows with the tenants or nothing runs on a cluster. */
export function clusterCount(topology: Id | null, stack: Stack): number | null {
  const count = (question: Id): number => {
    const answer = stack.answers.get(question);
    return typeof answer === 'number' ? answer : 1;
  };
  switch (topology) {
    case 'shared-cluster':
      return 1;
    case 'cluster-per-environment':
      return count('environments');
    case 'cluster-per-region-and-tier':
      return count('environments') * count('regions') * count('criticality-tiers');
    default:
      return null;
  }
}

/** Fees for control planes, and how many of them a free tier covers (CP-04). */
export function controlPlaneFees(
  cloud: Id,
  clusters: number,
): { readonly charged: number; readonly waived: number } {
  const waived = cloud === 'gcp' ? Math.min(1, clusters) : 0;
  return { charged: clusters, waived };
}

/** Members of etcd that must agree, and how many may fail (CP-01). */
export function quorum(members: number): { readonly needed: number; readonly mayFail: number } {
  const needed = Math.floor(members / 2) + 1;
  return { needed, mayFail: members - needed };
}

/** Hosts of highly available control planes: three each with etcd beside it, six with etcd apart (CP-01). */
export function controlPlaneHosts(clusters: number, etcd: 'stacked' | 'apart'): number {
  return clusters * (etcd === 'stacked' ? 3 : 6);
}
