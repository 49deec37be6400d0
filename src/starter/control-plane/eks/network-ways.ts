/** How traffic leaves a network: by NAT, by the network of the house, or not at all. */
import { type HclExpression, hcl, hclCode } from '../../../files/hcl.ts';
import { toHouse } from '../../aws/way-to-house.ts';
import type { Way } from '../../egress/way-out/way.ts';
import { NAT_VARIABLE } from '../../environments/nat-gateways.ts';
import { NOTHING } from './mode.ts';
import type { SubnetsOf } from './network-ranges.ts';

/** For load balancers and for what translates addresses; none where nothing of the network is public. */
export const publicSubnets = (way: Way): HclExpression => (way === 'none' ? NOTHING : PUBLIC);

export const gateways = (way: Way): HclExpression =>
  way === 'none' ? NOTHING : way === 'nat' ? hcl`${GATEWAYS}${PUBLIC_ROUTES}` : PUBLIC_ROUTES;

/** Machines are told of the proxy by their inventory, and so is their network. */
export function routeOf(way: Way, subnets: SubnetsOf): HclExpression {
  if (way === 'nat') return NAT_ROUTE;
  if (way === 'none') return toHouse(null);
  const proxies = subnets === 'machines' ? hcl`local.settings["PROXY_RANGE"]` : hcl`var.proxy.range`;
  return toHouse(way === 'proxy' ? proxies : hcl`"0.0.0.0/0"`);
}

/** The endpoint by which layers of images come from S3. */
export const imageLayers = (
  way: Way,
): HclExpression => hcl`# Image layers come from S3: without this every pull ${WITHOUT_IT[way]}.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.\${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [for table in aws_route_table.private : table.id]
  tags              = { Name = "\${var.cluster_name}-s3" }${way === 'none' ? S3_POLICY : NOTHING}
}

`;

const LOADS = hclCode('is a load of the border');
const WITHOUT_IT: Readonly<Record<Way, HclExpression>> = {
  nat: hclCode('is paid for at the NAT gateway'),
  firewall: LOADS,
  proxy: LOADS,
  none: hclCode('passes an endpoint that is paid for by the gigabyte'),
};
const S3_POLICY = hcl`
policy            = data.aws_iam_policy_document.endpoint_s3.json`;

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

const GATEWAYS = hcl`${NAT_VARIABLE}resource "aws_eip" "nat" {
  for_each = toset(local.nat_zones)

  domain = "vpc"
  tags   = { Name = "\${var.cluster_name}-nat-\${each.key}" }
}

resource "aws_nat_gateway" "zone" {
  for_each = toset(local.nat_zones)

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
  nat_gateway_id         = aws_nat_gateway.zone[local.nat_zone[each.key]].id
}

`;
