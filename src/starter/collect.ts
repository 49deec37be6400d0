/** Puts together what the modules of a cluster give. */
import { type FileTree, mergeTrees } from '../files/tree.ts';
import type { Contribution } from './contribution.ts';
import type { KubernetesObject } from './kubernetes.ts';
import type { Edge } from './network/edge.ts';

type Whole = Required<Contribution>;

export function collect(contributions: readonly Contribution[]): Whole {
  const all = <K extends Exclude<keyof Contribution, 'files'>>(key: K) =>
    contributions.flatMap(each => (each[key] ?? []) as Whole[K][number][]) as unknown as Whole[K];
  return {
    files: mergeTrees(...contributions.map(({ files }): FileTree => files ?? new Map())),
    components: all('components'),
    namespaces: all('namespaces'),
    edges: all('edges'),
    config: all('config'),
    apps: all('apps'),
    authorities: all('authorities'),
    runbooks: all('runbooks'),
    placeholders: all('placeholders'),
    checks: all('checks'),
    groundSteps: all('groundSteps'),
    firstSteps: all('firstSteps'),
    nextSteps: all('nextSteps'),
  };
}

/** Policies by the folder that they lie in. */
export function policiesByOwner(
  edges: readonly Edge[],
  policiesOf: (edges: readonly Edge[]) => readonly KubernetesObject[],
): ReadonlyMap<string, readonly KubernetesObject[]> {
  const owners = [...new Set(edges.map(({ owner }) => owner))];
  return new Map(owners.map(owner => [owner, policiesOf(edges.filter(edge => edge.owner === owner))]));
}
