/** What takes the place of Cloud NAT: the way to the firewall of the house, and the API of Google at an address within the network. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Way } from '../../egress/way-out/way.ts';

export const WITHOUT_ROUTES = hcl`resource "google_compute_network" "main" {
  name                            = var.cluster_name
  description                     = "The network of the cluster \${var.cluster_name}."
  auto_create_subnetworks         = false
  routing_mode                    = "REGIONAL"
  delete_default_routes_on_create = true
}`;

/** Names of a network that nothing leaves answer in it and nowhere else; the zone is called as the cluster is. */
export const PRIVATE_ZONE = hcl`
resource "google_dns_managed_zone" "private" {
  name        = var.cluster_name
  dns_name    = "\${var.dns_zone}."
  description = "Names of the cluster \${var.cluster_name}."
  visibility  = "private"

  private_visibility_config {
    networks {
      network_url = local.network
    }
  }
}
`;

export const DNS_ZONE_VARIABLE = hcl`variable "dns_zone" {
  description = "Domain that the names of the cluster lie in; a private zone of its network answers for it."
  type        = string
}`;

const TAKES_ROUTES = hcl`resource "google_compute_network_peering" "house" {
  name                 = var.cluster_name
  network              = google_compute_network.main.id
  peer_network         = var.hub_network
  import_custom_routes = true
  export_custom_routes = false
}
`;

export const TO_HOUSE = hcl`
# The default route comes from the network of the house, which leads it to the firewall: there is no Cloud NAT.
${TAKES_ROUTES}`;

export const TO_PROXY = hcl`
# Routes come from the network of the house, one of them to its proxy: there is no Cloud NAT.
${TAKES_ROUTES}`;

/** At its own way out a network that is made here keeps no other. */
const FIREWALL_RUNS = hcl`
run "leaves_no_way_past_the_firewall" {
  command = plan

  assert {
    condition     = google_compute_network.main.delete_default_routes_on_create && google_compute_network_peering.house.import_custom_routes
    error_message = "The default route is that of the house."
  }
}
`;

const CLOSED_RUNS = hcl`
run "leaves_no_way_out" {
  command = plan

  assert {
    condition     = google_compute_network.main.delete_default_routes_on_create && !google_compute_network_peering.house.import_custom_routes
    error_message = "There is no default route, and none comes from the house."
  }
}
`;

/** What a test asks of a network that leads to that of the house. */
export const runsOf = (way: Way): HclExpression => (way === 'none' ? CLOSED_RUNS : FIREWALL_RUNS);
