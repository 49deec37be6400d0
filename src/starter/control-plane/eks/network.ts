/** network.tf: a network of its own in three zones. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { type Way, wayOut } from '../../egress/way-out/way.ts';
import { standsInExistingNetwork } from './existing-network.ts';
import { FLOW_LOG } from './flow-log.ts';
import { isAutoMode, NOTHING } from './mode.ts';
import { rangesOf, type SubnetsOf } from './network-ranges.ts';
import { gateways, imageLayers, publicSubnets, routeOf } from './network-ways.ts';

/** The subnet of the nodes of each zone. */
export function subnetsByZone(input: ClusterInput): HclExpression {
  return standsInExistingNetwork(input)
    ? hcl`var.node_subnet_ids`
    : hcl`{ for zone in local.zones : zone => aws_subnet.private[zone].id }`;
}

/** In Auto Mode machines are made in the subnets that the cluster itself names, so these cannot be apart. */
export function network(input: ClusterInput): HclExpression {
  return networkOf(isAutoMode(input) ? 'nodes' : 'nodes-and-interfaces', FIRST_ZONES, wayOut(input));
}

const FIRST_ZONES = hcl`slice(sort(data.aws_availability_zones.available.names), 0, 3)`;

export function networkOf(subnets: SubnetsOf, zones: HclExpression, way: Way): HclExpression {
  const apart = subnets === 'nodes-and-interfaces';
  return hcl`
data "aws_availability_zones" "available" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

${rangesOf(subnets, zones, way)}resource "aws_vpc" "main" {
  cidr_block           = var.vpc_cidr
  enable_dns_hostnames = true
  enable_dns_support   = true
  tags                 = { Name = var.cluster_name }

  lifecycle {
    precondition {
      condition     = length(data.aws_availability_zones.available.names) >= 3
      error_message = "The region has fewer than three zones."
    }
  }
}

# The group that AWS puts everything into that names none: it allows nothing.
resource "aws_default_security_group" "closed" {
  vpc_id = aws_vpc.main.id
  tags   = { Name = "\${var.cluster_name}-closed" }
}

${publicSubnets(way)}resource "aws_subnet" "private" {
  for_each = local.zone_subnets

  vpc_id            = aws_vpc.main.id
  availability_zone = each.key
  cidr_block        = each.value.private
  tags = {
    Name                              = "\${var.cluster_name}-private-\${each.key}"
    "kubernetes.io/role/internal-elb" = "1"
  }
}

${apart ? SUBNETS : NOTHING}${gateways(way)}resource "aws_route_table" "private" {
  for_each = local.zone_subnets

  vpc_id = aws_vpc.main.id
  tags   = { Name = "\${var.cluster_name}-private-\${each.key}" }
}

${routeOf(way, subnets)}resource "aws_route_table_association" "private" {
  for_each = local.zone_subnets

  route_table_id = aws_route_table.private[each.key].id
  subnet_id      = aws_subnet.private[each.key].id
}

${apart ? ROUTES : NOTHING}${imageLayers(way)}${FLOW_LOG}
`;
}

const SUBNETS = hcl`# Interfaces of the control plane, apart from nodes and pods: a full pod subnet never blocks an upgrade.
resource "aws_subnet" "control_plane" {
  for_each = local.zone_subnets

  vpc_id            = aws_vpc.main.id
  availability_zone = each.key
  cidr_block        = each.value.control_plane
  tags              = { Name = "\${var.cluster_name}-control-plane-\${each.key}" }
}

`;

const ROUTES = hcl`# No route leaves the control-plane subnets: their interfaces only talk within the network.
resource "aws_route_table" "control_plane" {
  vpc_id = aws_vpc.main.id
  tags   = { Name = "\${var.cluster_name}-control-plane" }
}

resource "aws_route_table_association" "control_plane" {
  for_each = local.zone_subnets

  route_table_id = aws_route_table.control_plane.id
  subnet_id      = aws_subnet.control_plane[each.key].id
}

`;
