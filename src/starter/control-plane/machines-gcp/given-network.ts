/** Machines in a network that somebody else makes: what is asked of it is checked before anything is made, and nothing but rules for these machines is added. */
import { attribute, comment, gap, type HclBody, hcl } from '../../../files/hcl.ts';
import { TOKENS } from '../../placeholder-tokens.ts';

export const GIVEN_MACHINE_NETWORK = hcl`
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
      error_message = "The subnet lies outside of vpc_cidr, which policies of the cluster take for that of its machines."
    }

    postcondition {
      condition     = alltrue([for machine in values(local.machines) : cidrhost("\${machine.address}/\${split("/", self.ip_cidr_range)[1]}", 0) == cidrhost(self.ip_cidr_range, 0)])
      error_message = "The inventory names an address that is not of the subnet."
    }
  }
}

# Google runs its proxies there, one such subnet for all of a region.
data "google_compute_subnetwork" "proxies" {
  name    = var.given_network.proxies_subnetwork
  region  = var.region
  project = var.given_network.project
}

locals {
  proxies_cidr = data.google_compute_subnetwork.proxies.ip_cidr_range

  network    = data.google_compute_network.given.id
  subnetwork = data.google_compute_subnetwork.nodes.id
}
`;

/** A line of a rule of that network. */
export const GIVEN_PROJECT = hcl`\n  project     = var.given_network.project`;

export const GIVEN_NETWORK_VARIABLE = hcl`
variable "given_network" {
  description = "The network that is there already: its project, and the names of the subnets of machines and of Google's proxies. docs/runbooks/bootstrap.md says what is asked of it."
  type = object({
    project            = string
    network            = string
    subnetwork         = string
    proxies_subnetwork = string
  })
}
`;

export const GIVEN_NETWORK_VALUES: HclBody = [
  gap,
  comment(
    'The network that is there already. Its subnet for machines lies within the range above, and holds the',
  ),
  comment('addresses of the inventory.'),
  attribute('given_network', {
    project: TOKENS.givenNetworkProject,
    network: TOKENS.givenNetwork,
    subnetwork: TOKENS.givenSubnet,
    proxies_subnetwork: TOKENS.givenProxySubnet,
  }),
];

export const GIVEN_NETWORK_TESTED = hcl`

given_network = {
  project            = "network-project"
  network            = "shared"
  subnetwork         = "nodes"
  proxies_subnetwork = "proxies"
}`;

/** In a Shared VPC the controller may not change rules, and says so at each Service: these stand in their place. */
export const BALANCERS_LET_IN = hcl`
# Rules of a Shared VPC belong to it: the controller cannot make one for each balancer.
resource "google_compute_firewall" "balancers" {
  # checkov:skip=CKV_GCP_106: Whoever calls at port 80 is sent to 443; where a balancer has an address decides who can call.
  count = var.given_network.project == var.project_id ? 0 : 1

  project     = var.given_network.project
  name        = "\${var.cluster_name}-balancers"
  description = "Whoever calls the balancers of Services."
  network     = local.network
  direction   = "INGRESS"
  priority    = 1000

  source_ranges           = ["0.0.0.0/0"]
  target_service_accounts = [for account in google_service_account.machine : account.email]

  allow {
    protocol = "tcp"
    ports    = ["80", "443"]
  }

  log_config {
    metadata = "EXCLUDE_ALL_METADATA"
  }
}

resource "google_compute_firewall" "balancers_asking" {
  count = var.given_network.project == var.project_id ? 0 : 1

  project     = var.given_network.project
  name        = "\${var.cluster_name}-balancers-asking"
  description = "Google asks machines whether they are well, and ports of Services of each."
  network     = local.network
  direction   = "INGRESS"
  priority    = 1000

  source_ranges           = ["35.191.0.0/16", "130.211.0.0/22", "209.85.152.0/22", "209.85.204.0/22"]
  target_service_accounts = [for account in google_service_account.machine : account.email]

  allow {
    protocol = "tcp"
    ports    = ["10256", "30000-32767"]
  }

  log_config {
    metadata = "EXCLUDE_ALL_METADATA"
  }
}
`;

/** What whoever has the network gives: a paragraph of the page that begins everything. */
export const GIVEN_NETWORK_ASKS = `- In the network that is there: a subnet for machines whose range lies in \`vpc_cidr\` and holds every address of the inventory, with private access to
  Google; a subnet of the purpose *REGIONAL_MANAGED_PROXY* in the region, of which a network has one for all; a way out. Nothing else may have the
  address API_ADDRESS. In a Shared VPC its owner lets in, for this project: *github-plan* and *github-apply* as Compute Network User of the first subnet,
  the latter as Compute Security Admin (rules are of the network) and DNS Administrator (the private name is bound to it) as well; the principal of the
  cloud controller that \`cloud-controller-manager.tf\` names as Compute Network User and Compute Network Viewer. Balancers are let in on 80 and 443 there,
  by \`firewall.tf\`: other ports of a Service need a rule of their own.
`;
