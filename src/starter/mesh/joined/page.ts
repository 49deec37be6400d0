/** Runbook: the clusters that a mesh joins, with what it says of them. */
import type { Runbook } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { tableOfClusters } from './between.ts';
import { joinedClusters } from './way.ts';

/** Two that are joined, for examples. */
export interface JoinedPair {
  readonly environment: string;
  readonly here: string;
  readonly there: string;
}

export function clustersPage(
  input: ModuleInput,
  mesh: string,
  textOf: (pair: JoinedPair) => string,
): Runbook {
  const [first, second = first] = joinedClusters(input);
  const pair = {
    environment: first?.environment ?? 'production',
    here: first?.name ?? 'production',
    there: second?.name ?? 'production',
  };
  return {
    id: 'clusters',
    title: `Clusters that ${mesh} joins`,
    text: `${tableOfClusters(input)}\n\n${textOf(pair)}`,
  };
}
