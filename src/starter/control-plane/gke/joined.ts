/** What a cluster of GKE is told of those that its mesh joins it to: their ranges, from which its API is asked, in any region. */
import { attribute, comment, gap, type HclBody, type HclExpression, hcl } from '../../../files/hcl.ts';
import { rangesMeet } from '../../cidr.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { peersOf } from '../../cni/cilium/joined-clusters.ts';
import { joinedRanges } from '../../mesh/joined/ranges.ts';
import { isRouted } from '../../mesh/joined/way.ts';
import { podRange } from './ranges.ts';

/** Pods call with addresses of their own, which the project may have put beside those of the network. */
export function podsBeside(cluster: Cluster): readonly string[] {
  const pods = podRange(cluster);
  return rangesMeet(pods, cluster.vpcCidr) ? [] : [pods];
}

export interface ApiCallers {
  readonly listed: HclExpression;
  readonly inAnyRegion: HclExpression;
}

export function apiCallers(input: ClusterInput): ApiCallers {
  return isRouted(input)
    ? {
        listed: hcl`setunion(var.api_allowed_cidrs, var.joined_cidrs)`,
        inAnyRegion: hcl`length(var.joined_cidrs) > 0`,
      }
    : { listed: hcl`var.api_allowed_cidrs`, inAnyRegion: hcl`false` };
}

export function joinedVariable(input: ClusterInput): readonly HclExpression[] {
  return isRouted(input) ? [VARIABLE] : [];
}

const VARIABLE = joinedRanges(
  'Private ranges of the clusters that this one is joined to. They reach the API at its private address, from any region.',
);

export function joinedValues(input: ClusterInput, cluster: Cluster): HclBody {
  const peers = peersOf(input, cluster);
  if (!isRouted(input) || peers.length === 0) return [];
  return [
    comment(
      'The clusters that this one is joined to ask its API at its private address: docs/runbooks/clusters.md.',
    ),
    attribute(
      'joined_cidrs',
      peers.flatMap(peer => [peer.vpcCidr, ...podsBeside(peer)]),
    ),
    gap,
  ];
}

export function joinedRuns(input: ClusterInput): HclExpression {
  return isRouted(input) ? RUNS : hcl``;
}

const RUNS = hcl`
run "admits_joined_clusters_alone" {
  command = plan

  variables {
    joined_cidrs = ["10.200.0.0/16"]
  }

  assert {
    condition     = toset([for block in google_container_cluster.main.master_authorized_networks_config[0].cidr_blocks : block.cidr_block]) == toset(["10.200.0.0/16"]) && google_container_cluster.main.private_cluster_config[0].master_global_access_config[0].enabled
    error_message = "Joined clusters ask the API from their own region, and nobody else does."
  }

  assert {
    condition     = google_container_cluster.main.private_cluster_config[0].enable_private_endpoint
    error_message = "Joining opens no public address."
  }
}
`;
