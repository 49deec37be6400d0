/** What a cluster is called where a cloud takes so many characters and no more. */
import type { Cluster } from '../cluster-input.ts';
import type { StarterInput } from '../part.ts';

/** The name of the project gives way first. */
export function titleWithin(length: number, { project }: StarterInput, cluster: Cluster): string {
  const full = `${project.name}-${cluster.name}`;
  if (full.length <= length) return full;
  const kept = Math.max(1, length - cluster.name.length - 1);
  return `${project.name.slice(0, kept)}-${cluster.name}`.slice(0, length);
}
