# Follows ADR-0006 (docs/adr/0006-network-a-network-of-its-own.md).
# Three zones; the loss of one takes nothing that another one needs, but for the way out where nat_gateways is "one".

locals {
  # Load balancers stand in the public subnets, and NAT gateways where something outside may be called.
  public_subnets = var.exposure == "internet" || local.calls_out ? local.zone_subnets : {}
}

data "aws_availability_zones" "available" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  zones     = slice(sort(data.aws_availability_zones.available.names), 0, 3)
  calls_out = length(var.egress_domains) > 0

  # A quarter per zone for tasks; the last quarter holds what is small.
  quarters = cidrsubnets(var.network_cidr, 2, 2, 2, 2)
  rest     = cidrsubnets(local.quarters[3], 2, 2, 2, 2)
  zone_subnets = {
    for index, zone in local.zones : zone => {
      private = local.quarters[index]
      public  = local.rest[index]
    }
  }
}

resource "aws_vpc" "main" {
  cidr_block           = var.network_cidr
  enable_dns_hostnames = true
  enable_dns_support   = true
  tags                 = { Name = var.name }

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
  tags   = { Name = "${var.name}-closed" }
}

resource "aws_subnet" "private" {
  for_each = local.zone_subnets

  vpc_id            = aws_vpc.main.id
  availability_zone = each.key
  cidr_block        = each.value.private
  tags              = { Name = "${var.name}-private-${each.key}" }
}

resource "aws_route_table" "private" {
  for_each = local.zone_subnets

  vpc_id = aws_vpc.main.id
  tags   = { Name = "${var.name}-private-${each.key}" }
}

resource "aws_route_table_association" "private" {
  for_each = local.zone_subnets

  route_table_id = aws_route_table.private[each.key].id
  subnet_id      = aws_subnet.private[each.key].id
}

resource "aws_internet_gateway" "main" {
  count = length(local.public_subnets) > 0 ? 1 : 0

  vpc_id = aws_vpc.main.id
  tags   = { Name = var.name }
}

resource "aws_subnet" "public" {
  for_each = local.public_subnets

  vpc_id                  = aws_vpc.main.id
  availability_zone       = each.key
  cidr_block              = each.value.public
  map_public_ip_on_launch = false
  tags                    = { Name = "${var.name}-public-${each.key}" }
}

resource "aws_route_table" "public" {
  for_each = local.public_subnets

  vpc_id = aws_vpc.main.id
  tags   = { Name = "${var.name}-public-${each.key}" }
}

resource "aws_route" "internet" {
  for_each = local.public_subnets

  route_table_id         = aws_route_table.public[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main[0].id
}

resource "aws_route_table_association" "public" {
  for_each = local.public_subnets

  route_table_id = aws_route_table.public[each.key].id
  subnet_id      = aws_subnet.public[each.key].id
}

variable "nat_gateways" {
  description = "each-zone: no zone loses its way out with another one. one: a third of the gateways by the hour; all zones leave by the first, and with it. A change cuts connections that are open."
  type        = string
  default     = "each-zone"

  validation {
    condition     = contains(["each-zone", "one"], var.nat_gateways)
    error_message = "There are NAT gateways in each zone (each-zone), or there is one."
  }
}

locals {
  nat_zones = var.nat_gateways == "one" ? slice(local.zones, 0, 1) : local.zones
  nat_zone  = { for zone in local.zones : zone => contains(local.nat_zones, zone) ? zone : local.nat_zones[0] }
}

# Only with something on the internet to call: gateways cost by the hour.
resource "aws_eip" "nat" {
  for_each = toset(local.calls_out ? local.nat_zones : [])

  domain = "vpc"
  tags   = { Name = "${var.name}-nat-${each.key}" }
}

resource "aws_nat_gateway" "zone" {
  for_each = aws_eip.nat

  allocation_id = each.value.id
  subnet_id     = aws_subnet.public[each.key].id
  tags          = { Name = "${var.name}-${each.key}" }

  depends_on = [aws_internet_gateway.main]
}

resource "aws_route" "nat" {
  for_each = local.calls_out ? local.zone_subnets : {}

  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.zone[local.nat_zone[each.key]].id
}

resource "aws_cloudwatch_log_group" "flow" {
  name              = "/${var.name}/flow"
  retention_in_days = var.log_retention_days
  kms_key_id        = data.aws_kms_alias.main.target_key_arn
}

resource "aws_flow_log" "main" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.flow.arn
  iam_role_arn         = "${local.arn}:iam::${var.account_id}:role/${var.name}-flow-log"
  tags                 = { Name = var.name }
}
