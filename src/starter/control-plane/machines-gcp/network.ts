/** network.tf: one subnet for all machines, another one for the proxies before the API; made here, or of a network that is there. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { GkeChoices } from '../gke/choices.ts';
import { namesOf, networkOf, outOf } from '../gke/ways.ts';
import { GIVEN_MACHINE_NETWORK } from './given-network.ts';

export function machineNetwork({ network, way }: GkeChoices): HclExpression {
  if (network === 'given') return codeOf([GIVEN_MACHINE_NETWORK, ...namesOf(way)]);
  return own(networkOf(way), codeOf(outOf(way)));
}

const codeOf = (parts: readonly HclExpression[]): HclExpression => ({
  kind: 'expression',
  code: parts.map(({ code }) => code).join(''),
});

const own = (network: HclExpression, out: HclExpression) => hcl`
locals {
  # A quarter of the range for machines, and the first addresses of the next one for the proxies before the API.
  quarters     = cidrsubnets(var.vpc_cidr, 2, 2)
  node_cidr    = local.quarters[0]
  proxies_cidr = cidrsubnet(local.quarters[1], 24 - tonumber(split("/", local.quarters[1])[1]), 0)

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

# Google runs its proxies here, and nothing else can.
resource "google_compute_subnetwork" "proxies" {
  # checkov:skip=CKV_GCP_26: Flows of such a subnet cannot be logged; those of the machines are.
  # checkov:skip=CKV_GCP_74: No machine stands in it that could ask for Google.
  name          = "\${var.cluster_name}-proxies"
  region        = var.region
  network       = google_compute_network.main.id
  ip_cidr_range = local.proxies_cidr
  purpose       = "REGIONAL_MANAGED_PROXY"
  role          = "ACTIVE"
}
${out}`;
