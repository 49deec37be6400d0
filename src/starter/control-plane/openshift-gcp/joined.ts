/** joined.tf: what OpenShift on Google Cloud needs of network, names and rules where a mesh joins its clusters. Its installer knows of no other network. */
import { attribute, comment, gap, type HclBody, type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { peersOf } from '../../cni/cilium/joined-clusters.ts';
import { joinedRanges } from '../../mesh/joined/ranges.ts';
import { isRouted } from '../../mesh/joined/way.ts';
import { together } from '../../serverless-service/code.ts';
import { terraformText } from '../../terraform.ts';
import { gkeChoices } from '../gke/choices.ts';
import { CONTROL_PLANE, firewallRule } from '../machines-gcp/firewall-rule.ts';
import { GIVEN_PROJECT } from '../machines-gcp/given-network.ts';
import { gatewayLetIn, peerings } from '../machines-gcp/joined.ts';
import { FOLDER } from '../machines-gcp/settings.ts';

const NOTHING = hcl``;

export function joinedFile(input: ClusterInput): FileTree {
  if (!isRouted(input)) return new Map();
  const isGiven = gkeChoices(input).network === 'given';
  const code = together(
    isGiven ? null : peerings(input),
    KNOWN,
    letIn(isGiven ? GIVEN_PROJECT : NOTHING),
    isGiven ? gatewayLetIn(input) : null,
  );
  return new Map([
    [
      `${FOLDER}/joined.tf`,
      terraformText(input, 'mesh', 'The way to the clusters that this one is joined to, and back.', code),
    ],
  ]);
}

export const joinedVariables = (input: ClusterInput): HclExpression =>
  isRouted(input) ? hcl`${NETWORKS}${RANGES}` : NOTHING;

const NETWORKS = hcl`
variable "joined_networks" {
  description = "Networks of Google of the clusters that this one is joined to, by the name of the cluster; none for one that stands in the same network."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for network in values(var.joined_networks) : can(regex("^projects/[^/]+/global/networks/[^/]+$", network))])
    error_message = "Name networks as projects/PROJECT/global/networks/NAME."
  }
}
`;

const RANGES = joinedRanges(
  'Ranges of the clusters that this one is joined to, which ask its API and call the gateway of its mesh.',
);

export function joinedValues(input: ClusterInput, cluster: Cluster): HclBody {
  const peers = peersOf(input, cluster);
  if (!isRouted(input) || peers.length === 0) return [];
  return [
    gap,
    comment(
      'Networks of the clusters that this one is joined to, once they are there: docs/runbooks/clusters.md.',
    ),
    attribute('joined_networks', {}),
    attribute(
      'joined_cidrs',
      peers.map(({ vpcCidr }) => vpcCidr),
    ),
  ];
}

/** The name alone and not the zone: the installer looks for zones of the name of its cluster. */
const KNOWN = hcl`
# The installer binds the name of an API to the network of its cluster: whoever asks here is answered as there.
resource "google_dns_managed_zone" "joined" {
  for_each = var.joined_networks

  name        = "\${var.short_name}-joined-\${substr(md5(each.key), 0, 8)}"
  description = "The API of \${each.key}, as it is known in its network."
  dns_name    = "api.\${each.key}.\${local.dns_zone}."
  visibility  = "private"

  private_visibility_config {
    networks {
      network_url = local.network
    }
  }

  peering_config {
    target_network {
      network_url = each.value
    }
  }
}
`;

/** Known by their account: the installer gives its machines tags that nobody knows before. */
const letIn = (project: HclExpression) => hcl`
# The installer lets machines of the own range in, and no other ones.${firewallRule(
  {
    when: hcl`length(var.joined_cidrs) > 0`,
    name: 'joined_api',
    says: 'Joined clusters, at the API.',
    priority: 1000,
    from: hcl`source_ranges           = sort(var.joined_cidrs)`,
    to: CONTROL_PLANE,
    allow: [{ protocol: 'tcp', ports: ['6443'] }],
  },
  project,
)}`;

/** Lines of scripts/bootstrap.sh: what the installer is told has no setting for it, openshift/installer#10744. */
export const fromAnyRegion = (input: ClusterInput): string => (isRouted(input) ? FROM_ANY_REGION : '');

const FROM_ANY_REGION = String.raw`
echo "== The API answers joined clusters of other regions"
command -v gcloud >/dev/null || { echo "gcloud is missing: docs/runbooks/bootstrap.md" >&2; exit 2; }
of_cluster() { kubectl get infrastructure.config.openshift.io cluster -o jsonpath="{.status.$1}"; }
gcloud compute forwarding-rules update "$(of_cluster infrastructureName)-api-internal" --allow-global-access \
  --project "$(of_cluster platformStatus.gcp.projectID)" --region "$(of_cluster platformStatus.gcp.region)"
`;

export const joinedRuns = (input: ClusterInput): HclExpression => (isRouted(input) ? RUNS : NOTHING);

const RUNS = hcl`
run "knows_joined_clusters_and_lets_them_in_alone" {
  command = plan

  variables {
    joined_networks = { other = "projects/test-project/global/networks/other" }
    joined_cidrs    = ["10.200.0.0/16"]
  }

  assert {
    condition     = google_dns_managed_zone.joined["other"].dns_name == "api.other.\${local.dns_zone}." && google_dns_managed_zone.joined["other"].peering_config[0].target_network[0].network_url == var.joined_networks["other"]
    error_message = "The name of the API of a joined cluster is answered as in its network."
  }

  assert {
    condition     = alltrue([for rule in google_compute_firewall.joined_api : rule.source_ranges == toset(["10.200.0.0/16"])]) && length(google_compute_firewall.joined_api) == 1
    error_message = "The API lets in those that are named."
  }
}

run "is_joined_to_nobody_by_itself" {
  command = plan

  assert {
    condition     = length(google_compute_firewall.joined_api) == 0 && length(google_dns_managed_zone.joined) == 0
    error_message = "Whom this cluster is joined to is said by its values."
  }
}
`;
