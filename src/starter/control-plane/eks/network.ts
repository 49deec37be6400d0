/** network.tf: a network of its own in three zones, and how traffic leaves it. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { type Way, wayOut } from '../../egress/way-out/way.ts';
import { standsInExistingNetwork } from './existing-network.ts';
import { toHouse, transitRange, WITH_TRANSIT } from './firewall.ts';
import { isAutoMode, NOTHING } from './mode.ts';

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

/** `subnets`: of what; machines that run the control plane themselves need none for its interfaces. */
export function networkOf(
  subnets: 'nodes' | 'nodes-and-interfaces' | 'machines',
  zones: HclExpression,
  way: Way,
): HclExpression {
  const apart = subnets === 'nodes-and-interfaces';
  return hcl`
data "aws_availability_zones" "available" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  zones = ${zones}

  # A quarter per zone for nodes and pods; the last quarter holds what is small.
  quarters = cidrsubnets(var.vpc_cidr, 2, 2, 2, 2)
  rest     = cidrsubnets(local.quarters[3], ${way === 'nat' ? SIX : WITH_TRANSIT})

${subnets === 'machines' ? machinesOf(way) : NODES}${apart ? IDS : subnets === 'nodes' ? SAME : NOTHING}

  zone_subnets = {
    for index, zone in local.zones : zone => {
${way === 'none' ? privateRanges(apart) : apart ? THREE_RANGES : TWO_RANGES}${way === 'nat' ? NOTHING : transitRange(apart ? 'wide' : 'narrow')}    }
  }
}

resource "aws_vpc" "main" {
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

${way === 'none' ? NOTHING : PUBLIC}resource "aws_subnet" "private" {
  for_each = local.zone_subnets

  vpc_id            = aws_vpc.main.id
  availability_zone = each.key
  cidr_block        = each.value.private
  tags = {
    Name                              = "\${var.cluster_name}-private-\${each.key}"
    "kubernetes.io/role/internal-elb" = "1"
  }
}

${apart ? SUBNETS : NOTHING}${way === 'nat' ? GATEWAYS : NOTHING}${way === 'none' ? NOTHING : PUBLIC_ROUTES}resource "aws_route_table" "private" {
  for_each = local.zone_subnets

  vpc_id = aws_vpc.main.id
  tags   = { Name = "\${var.cluster_name}-private-\${each.key}" }
}

${routeOf(way, subnets)}resource "aws_route_table_association" "private" {
  for_each = local.zone_subnets

  route_table_id = aws_route_table.private[each.key].id
  subnet_id      = aws_subnet.private[each.key].id
}

${apart ? ROUTES : NOTHING}# Image layers come from S3: without this every pull ${way === 'none' ? FAILS : way === 'nat' ? PAID : LOADED}.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.\${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [for table in aws_route_table.private : table.id]
  tags              = { Name = "\${var.cluster_name}-s3" }${way === 'none' ? S3_POLICY : NOTHING}
}

resource "aws_cloudwatch_log_group" "flow" {
  name              = "/aws/vpc/\${var.cluster_name}/flow"
  retention_in_days = var.log_retention_days
  kms_key_id        = aws_kms_key.logs.arn
}

resource "aws_flow_log" "main" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "REJECT"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.flow.arn
  iam_role_arn         = aws_iam_role.flow_log.arn
  tags                 = { Name = var.cluster_name }
}

data "aws_iam_policy_document" "flow_log_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["vpc-flow-logs.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}

data "aws_iam_policy_document" "flow_log" {
  statement {
    actions = [
      "logs:CreateLogStream",
      "logs:DescribeLogStreams",
      "logs:PutLogEvents",
    ]
    resources = ["\${aws_cloudwatch_log_group.flow.arn}:*"]
  }
}

resource "aws_iam_role" "flow_log" {
  name_prefix        = "\${substr(var.cluster_name, 0, 29)}-flow-"
  assume_role_policy = data.aws_iam_policy_document.flow_log_trust.json
}

resource "aws_iam_role_policy" "flow_log" {
  name   = "write-flow-logs"
  role   = aws_iam_role.flow_log.id
  policy = data.aws_iam_policy_document.flow_log.json
}
`;
}

const PUBLIC = hcl`resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
  tags   = { Name = var.cluster_name }
}

resource "aws_subnet" "public" {
  for_each = local.zone_subnets

  vpc_id                  = aws_vpc.main.id
  availability_zone       = each.key
  cidr_block              = each.value.public
  map_public_ip_on_launch = false
  tags = {
    Name                     = "\${var.cluster_name}-public-\${each.key}"
    "kubernetes.io/role/elb" = "1"
  }
}

`;
const PUBLIC_ROUTES = hcl`resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  tags   = { Name = "\${var.cluster_name}-public" }
}

resource "aws_route" "internet" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main.id
}

resource "aws_route_table_association" "public" {
  for_each = local.zone_subnets

  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public[each.key].id
}

`;

const S3_POLICY = hcl`
policy            = data.aws_iam_policy_document.endpoint_s3.json`;

const PAID: HclExpression = { kind: 'expression', code: 'is paid for at the NAT gateway' };
const FAILS: HclExpression = {
  kind: 'expression',
  code: 'passes an endpoint that is paid for by the gigabyte',
};
const LOADED: HclExpression = { kind: 'expression', code: 'is a load of the border' };
const SIX: HclExpression = { kind: 'expression', code: '3, 3, 3, 3, 3, 3' };
const GATEWAYS = hcl`resource "aws_eip" "nat" {
  for_each = local.zone_subnets

  domain = "vpc"
  tags   = { Name = "\${var.cluster_name}-nat-\${each.key}" }
}

resource "aws_nat_gateway" "zone" {
  for_each = local.zone_subnets

  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = aws_subnet.public[each.key].id
  tags          = { Name = "\${var.cluster_name}-\${each.key}" }

  depends_on = [aws_internet_gateway.main]
}

`;
const NAT_ROUTE = hcl`resource "aws_route" "nat" {
  for_each = local.zone_subnets

  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.zone[each.key].id
}

`;
/** Machines are told of the proxy by their inventory, and so is their network. */
function routeOf(way: Way, subnets: 'nodes' | 'nodes-and-interfaces' | 'machines'): HclExpression {
  if (way === 'nat') return NAT_ROUTE;
  if (way === 'none') return toHouse(null);
  const proxies = subnets === 'machines' ? hcl`local.settings["PROXY_RANGE"]` : hcl`var.proxy.range`;
  return toHouse(way === 'proxy' ? proxies : hcl`"0.0.0.0/0"`);
}

const machinesOf = (way: Way) => (way === 'none' ? MACHINES_ALONE : MACHINES);
const MACHINES_ALONE = hcl`  vpc_id          = aws_vpc.main.id
  node_subnet_ids = [for subnet in aws_subnet.private : subnet.id]
  subnets         = { for zone, subnet in aws_subnet.private : zone => { id = subnet.id, cidr = subnet.cidr_block } }`;
const MACHINES = hcl`  vpc_id            = aws_vpc.main.id
  node_subnet_ids   = [for subnet in aws_subnet.private : subnet.id]
  public_subnet_ids = [for subnet in aws_subnet.public : subnet.id]
  subnets           = { for zone, subnet in aws_subnet.private : zone => { id = subnet.id, cidr = subnet.cidr_block } }`;
const NODES = hcl`  vpc_id                   = aws_vpc.main.id
  node_subnet_ids          = [for subnet in aws_subnet.private : subnet.id]
  control_plane_subnet_ids = `;
const IDS = hcl`[for subnet in aws_subnet.control_plane : subnet.id]`;
const SAME = hcl`local.node_subnet_ids`;
const THREE_RANGES = hcl`      private       = local.quarters[index]
      public        = local.rest[index]
      control_plane = local.rest[index + 3]
`;
const TWO_RANGES = hcl`      private = local.quarters[index]
      public  = local.rest[index]
`;
/** No load balancer of this network has a public address. */
const privateRanges = (apart: boolean) => (apart ? PRIVATE_AND_CONTROL_PLANE : PRIVATE_ALONE);
const PRIVATE_AND_CONTROL_PLANE = hcl`      private       = local.quarters[index]
      control_plane = local.rest[index + 3]
`;
const PRIVATE_ALONE = hcl`      private = local.quarters[index]
`;

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
