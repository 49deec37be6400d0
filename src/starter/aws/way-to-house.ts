/** The way from a network of its own to the house: the attachment to a Transit Gateway, and routes that lead there. */
import { type HclExpression, hcl } from '../../files/hcl.ts';
import { HOUSE_RANGES } from '../egress/proxy/settings.ts';

/** `range`: what is reached there; null where that is no more than the house itself. `name`: of whatever has the network. */
export const toHouse = (
  range: HclExpression | null,
  name: HclExpression = hcl`var.cluster_name`,
) => hcl`resource "aws_subnet" "transit" {
  for_each = local.zone_subnets

  vpc_id            = aws_vpc.main.id
  availability_zone = each.key
  cidr_block        = each.value.transit
  tags              = { Name = "\${${name}}-transit-\${each.key}" }
}

resource "aws_route_table" "transit" {
  vpc_id = aws_vpc.main.id
  tags   = { Name = "\${${name}}-transit" }
}

resource "aws_route_table_association" "transit" {
  for_each = local.zone_subnets

  route_table_id = aws_route_table.transit.id
  subnet_id      = aws_subnet.transit[each.key].id
}

# Which table of the gateway it belongs to is said by whoever keeps the gateway.
resource "aws_ec2_transit_gateway_vpc_attachment" "house" {
  transit_gateway_id = var.transit_gateway_id
  vpc_id             = aws_vpc.main.id
  subnet_ids         = [for subnet in aws_subnet.transit : subnet.id]
  tags               = { Name = ${name} }
}

${range === null ? ROUTES_WITHIN : routeToBorder(range)}`;

const routeToBorder = (
  range: HclExpression,
) => hcl`# Nothing leaves but by the border of the house: there is no NAT gateway.
resource "aws_route" "house" {
  for_each = local.zone_subnets

  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = ${range}
  transit_gateway_id     = var.transit_gateway_id

  depends_on = [aws_ec2_transit_gateway_vpc_attachment.house]
}

`;

const ROUTES_WITHIN = hcl`locals {
  house_routes = {
    for pair in setproduct(local.zones, ${HOUSE_RANGES}) : "\${pair[0]}/\${pair[1]}" => { zone = pair[0], range = pair[1] }
  }
}

# No default route: what has no route here is not reached, and the house is reached by its private ranges alone.
resource "aws_route" "house" {
  for_each = local.house_routes

  route_table_id         = aws_route_table.private[each.value.zone].id
  destination_cidr_block = each.value.range
  transit_gateway_id     = var.transit_gateway_id

  depends_on = [aws_ec2_transit_gateway_vpc_attachment.house]
}

`;

export const TRANSIT_VARIABLE = hcl`variable "transit_gateway_id" {
  description = "The Transit Gateway that leads to the house; shared with this account."
  type        = string

  validation {
    condition     = startswith(var.transit_gateway_id, "tgw-")
    error_message = "The id of a Transit Gateway begins with tgw-."
  }
}

`;
