/** network.tf and firewall.tf: one subnet for all machines, made here or given. The installer adds rules for what its machines say to each other. */
import { attribute, comment, gap, type HclBody, type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { HOUSE_RANGES } from '../../egress/proxy/settings.ts';
import { NO_ADMINISTRATION } from '../../google/network.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { together } from '../../serverless-service/code.ts';
import { type GkeChoices, gkeChoices, leadsToHouse } from '../gke/choices.ts';
import { ZONES } from '../gke/network.ts';
import { namesOf, networkOf, outOf } from '../gke/ways.ts';
import { nothingLeaves } from '../machines-gcp/closed-network.ts';
import { CONTROL_PLANE, firewallRule } from '../machines-gcp/firewall-rule.ts';
import { BALANCERS_LET_IN, GIVEN_PROJECT } from '../machines-gcp/given-network.ts';

export function openshiftNetwork({ network, way }: GkeChoices): HclExpression {
  return network === 'given'
    ? together(ZONES, GIVEN, ...namesOf(way))
    : together(ZONES, own(networkOf(way)), ...outOf(way));
}

const own = (network: HclExpression) => hcl`
locals {
  # A quarter of the range for machines; the rest is for what comes later.
  node_cidr = cidrsubnet(var.vpc_cidr, 2, 0)

  network    = google_compute_network.main.id
  subnetwork = google_compute_subnetwork.nodes.id
}

${network}

resource "google_compute_subnetwork" "nodes" {
  name                     = "\${var.cluster_name}-nodes"
  region                   = var.region
  network                  = google_compute_network.main.id
  ip_cidr_range            = local.node_cidr
  private_ip_google_access = true

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.5
    metadata             = "INCLUDE_ALL_METADATA"
  }
}
`;

const GIVEN = hcl`
data "google_compute_network" "given" {
  name    = var.given_network.network
  project = var.given_network.project
}

data "google_compute_subnetwork" "nodes" {
  name    = var.given_network.subnetwork
  region  = var.region
  project = var.given_network.project

  lifecycle {
    postcondition {
      condition     = self.private_ip_google_access
      error_message = "Machines have no public address: the subnet needs private access to Google."
    }

    postcondition {
      condition     = cidrhost("\${split("/", self.ip_cidr_range)[0]}/\${split("/", var.vpc_cidr)[1]}", 0) == cidrhost(var.vpc_cidr, 0) && tonumber(split("/", self.ip_cidr_range)[1]) >= tonumber(split("/", var.vpc_cidr)[1])
      error_message = "The subnet lies outside of vpc_cidr, which the installer and policies take for that of its machines."
    }
  }
}

locals {
  network    = data.google_compute_network.given.id
  subnetwork = data.google_compute_subnetwork.nodes.id
}
`;

export const GIVEN_VARIABLE = hcl`
variable "given_network" {
  description = "The network that is there already: its project, and the name of the subnet of machines. docs/runbooks/bootstrap.md says what is asked of it."
  type = object({
    project    = string
    network    = string
    subnetwork = string
  })
}
`;

export const GIVEN_VALUES: HclBody = [
  gap,
  comment('The network that is there already. Its subnet for machines lies within the range above.'),
  attribute('given_network', {
    project: TOKENS.givenNetworkProject,
    network: TOKENS.givenNetwork,
    subnetwork: TOKENS.givenSubnet,
  }),
];

export const GIVEN_TESTED = hcl`

given_network = {
  project    = "network-project"
  network    = "shared"
  subnetwork = "nodes"
}`;

/** What whoever has the network gives: list items of the page that begins everything. */
export const GIVEN_ASKS = `- In the network that is there: a subnet for machines whose range lies in \`vpc_cidr\`, with private access to Google, and a way out. In a Shared VPC its owner
  lets in, for this project: \`openshift-installer\`, the account of the control plane and *github-apply* as Compute Network Admin and Compute Security Admin,
  since they make rules there, and the installer may bind a private zone to it (DNS Administrator). Once \`scripts/cloud-roles.sh\` has run, the accounts of its
  operators for machines (\`SHORT_NAME\` and *machine-api* or *cluster-capi* in their names) are Compute Network User of the subnet.
  Balancers are let in on 80 and 443 there, by \`firewall.tf\`: other ports of a Service need a rule of their own.
`;

/** Rules beside those of the installer; it lets nobody in but machines of the same range. */
export function openshiftFirewall(input: ClusterInput): HclExpression {
  const choices = gkeChoices(input);
  const given = choices.network === 'given';
  return together(
    given || leadsToHouse(choices) ? house(given ? GIVEN_PROJECT : hcl``) : null,
    given ? BALANCERS_LET_IN : NO_ADMINISTRATION,
    choices.way === 'none' ? nothingLeaves(given ? GIVEN_PROJECT : hcl``) : null,
  );
}

const house = (project: HclExpression) => hcl`
# Known by their account: the installer gives its machines tags that nobody knows before.${firewallRule(
  {
    name: 'house',
    says: 'People and pipelines of the house, at the API.',
    priority: 1000,
    from: hcl`source_ranges           = ${[...HOUSE_RANGES]}`,
    to: CONTROL_PLANE,
    allow: [{ protocol: 'tcp', ports: ['6443'] }],
  },
  project,
)}`;
