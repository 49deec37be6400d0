/** A gate in the pipeline: what a cluster stands at is a branch of its own, which only the gate moves forward. */
import type { Cluster } from '../cluster-input.ts';
import type { ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';

export function hasGates({ stack }: Pick<ModuleInput, 'stack'>): boolean {
  return pickOf(stack, 'promotion') === 'pipeline-gate';
}

/** Without `refs/heads/`. */
export function deliveredBranch({ name }: Pick<Cluster, 'name'>): string {
  return `delivered/${name}`;
}

/** The branch that a cluster follows, where it follows one. */
export function followedBranch(input: Pick<ModuleInput, 'stack'>, cluster: Cluster): string {
  return hasGates(input) ? deliveredBranch(cluster) : 'main';
}

/** The step that moves the branch of a cluster to the commit of the run, and never back. */
export function moveBranch(cluster: Cluster): string {
  return `      - env:
          GH_TOKEN: \${{ github.token }}
          REVISION: \${{ github.sha }}
        run: |
          gh auth setup-git
          git push origin "$REVISION:refs/heads/${deliveredBranch(cluster)}"`;
}
