/** The cluster of a stack as a part of its repository. */
import { clusterPart } from './cluster.ts';
import type { MissingPart } from './module.ts';
import type { StarterInput } from './part.ts';
import { clusterRepository } from './repository/cluster-repository.ts';
import type { DraftPart } from './repository/placeholders.ts';
import type { KnownRanges } from './topology/ranges.ts';

export function clusterHalf(input: StarterInput): {
  readonly part: DraftPart | null;
  readonly missing: readonly MissingPart[];
  readonly ranges: KnownRanges;
} {
  const { built, missing } = clusterPart(input);
  return {
    part: built === null ? null : clusterRepository(built),
    missing,
    ranges: new Map(
      (built?.input.clusters ?? []).map(({ name, vpcCidr, serviceCidr, podCidr }) => [
        name,
        { vpcCidr, serviceCidr, ...(podCidr === undefined ? {} : { podCidr }) },
      ]),
    ),
  };
}
