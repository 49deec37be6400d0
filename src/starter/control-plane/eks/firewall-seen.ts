/** In a network that somebody else makes: what its routes say of the way out. */
import { type HclExpression, hcl, hclCode } from '../../../files/hcl.ts';

const seen = (message: HclExpression) => hcl`
data "aws_route_table" "node" {
  for_each = var.node_subnet_ids

  subnet_id = each.value

  lifecycle {
    postcondition {
      condition     = !anytrue([for route in self.routes : route.cidr_block == "0.0.0.0/0" && (route.nat_gateway_id != "" || startswith(route.gateway_id, "igw-"))])
      error_message = "${message}"
    }
  }
}
`;

export const FIREWALL_SEEN = seen(
  hclCode('The default route of a node subnet leads past the firewall: to a NAT gateway or to the internet.'),
);
/** What lies behind a way into the house is for the house to say. */
export const NOTHING_LEAVES = hcl`${seen(
  hclCode(
    'The default route of a node subnet leads to a NAT gateway or to the internet: this network has a way out.',
  ),
)}`;
