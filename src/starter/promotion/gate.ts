/** A gate in the pipeline: what a cluster stands at is a branch of its own, which only the gate moves forward. */
import type { Cluster } from '../cluster-input.ts';
import type { ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';
import { anyRunner } from '../runners.ts';
import { checkout, checkoutWithTools, signsInGh } from '../workflow-steps.ts';

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

/** The job that both a gate and a delivery behind gates begin with. */
export function checksJob(input: ModuleInput): string {
  return `  checks:
    runs-on: ${anyRunner(input)}
    timeout-minutes: 20
    permissions:
      contents: read
    steps:
${checkoutWithTools(input)}
      - run: scripts/validate.sh
`;
}

/** What a job runs on and does that moves the branch of a cluster to the commit of the run, and never back. */
export function movesBranch(input: ModuleInput, cluster: Cluster): string {
  return `    runs-on: ${anyRunner(input)}
    timeout-minutes: 5
    permissions:
      contents: write
    steps:
${checkout(input)}
          fetch-depth: 0
      - env:
${signsInGh(input)}
          REVISION: \${{ github.sha }}
        run: |
          gh auth setup-git
          git push origin "$REVISION:refs/heads/${deliveredBranch(cluster)}"`;
}
