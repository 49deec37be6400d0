/** What jobs of workflows run on: runners of GitHub, or those that stand in the network of the clusters. */
import { isClosedByHouse } from './egress/no-egress/closed.ts';
import type { StarterInput } from './part.ts';
import { answerOf } from './picks.ts';

/** The group of runners that stand in the network of the clusters. */
export const RUNNERS = 'in-network';

const HOSTED = 'ubuntu-24.04';
const OWN = `{group: ${RUNNERS}, labels: [self-hosted, linux]}`;

type Input = Pick<StarterInput, 'stack'>;

/** A Git server of the house has no runners of GitHub. */
export function hasOnlyOwnRunners(input: Input): boolean {
  return isClosedByHouse(input);
}

/** What people do once, where runners are their own; `need` is what their image has to hold. */
export function ownRunnersStep(need: string): string {
  return `Register runners of your own with the label \`linux\`, in the network of the clusters and in a group \`${RUNNERS}\` that this repository alone may use, each used for one job and then thrown away; they need ${need}.`;
}

/** For jobs that reach the clusters, or what stands beside them. */
export function runnerOf(input: Input): string {
  if (hasOnlyOwnRunners(input)) return OWN;
  switch (answerOf(input.stack, 'ci-runner')) {
    case 'self-hosted':
      return OWN;
    case 'hosted-in-network':
      return `{group: ${RUNNERS}}`;
    default:
      return HOSTED;
  }
}

/** For jobs that reach nothing but the repository. */
export function anyRunner(input: Input): string {
  return hasOnlyOwnRunners(input) ? OWN : HOSTED;
}
