/** In a network that somebody else makes: what its routes say of the way out. */
import { hcl } from '../../../files/hcl.ts';

export const FIREWALL_SEEN = hcl`
data "aws_route_table" "node" {
  for_each = var.node_subnet_ids

  subnet_id = each.value

  lifecycle {
    postcondition {
      condition     = !anytrue([for route in self.routes : route.cidr_block == "0.0.0.0/0" && (route.nat_gateway_id != "" || startswith(route.gateway_id, "igw-"))])
      error_message = "The default route of a node subnet leads past the firewall: to a NAT gateway or to the internet."
    }
  }
}
`;
