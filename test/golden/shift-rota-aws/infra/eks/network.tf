# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# Three zones; the loss of one takes nothing that another one needs, but for the way out where nat_gateways is "one".

data "aws_availability_zones" "available" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  zones = slice(sort(data.aws_availability_zones.available.names), 0, 3)

  # A quarter per zone for nodes and pods; the last quarter holds what is small.
  quarters = cidrsubnets(var.vpc_cidr, 2, 2, 2, 2)
  rest     = cidrsubnets(local.quarters[3], 3, 3, 3, 3, 3, 3)

  vpc_id                   = aws_vpc.main.id
  node_subnet_ids          = [for subnet in aws_subnet.private : subnet.id]
  control_plane_subnet_ids = local.node_subnet_ids

  zone_subnets = {
    for index, zone in local.zones : zone => {
      private = local.quarters[index]
      public  = local.rest[index]
    }
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
  tags   = { Name = "${var.cluster_name}-closed" }
}

resource "aws_internet_gateway" "main" {
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
    Name                     = "${var.cluster_name}-public-${each.key}"
    "kubernetes.io/role/elb" = "1"
  }
}

resource "aws_subnet" "private" {
  for_each = local.zone_subnets

  vpc_id            = aws_vpc.main.id
  availability_zone = each.key
  cidr_block        = each.value.private
  tags = {
    Name                              = "${var.cluster_name}-private-${each.key}"
    "kubernetes.io/role/internal-elb" = "1"
  }
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

resource "aws_eip" "nat" {
  for_each = toset(local.nat_zones)

  domain = "vpc"
  tags   = { Name = "${var.cluster_name}-nat-${each.key}" }
}

resource "aws_nat_gateway" "zone" {
  for_each = toset(local.nat_zones)

  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = aws_subnet.public[each.key].id
  tags          = { Name = "${var.cluster_name}-${each.key}" }

  depends_on = [aws_internet_gateway.main]
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  tags   = { Name = "${var.cluster_name}-public" }
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

resource "aws_route_table" "private" {
  for_each = local.zone_subnets

  vpc_id = aws_vpc.main.id
  tags   = { Name = "${var.cluster_name}-private-${each.key}" }
}

resource "aws_route" "nat" {
  for_each = local.zone_subnets

  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.zone[local.nat_zone[each.key]].id
}

resource "aws_route_table_association" "private" {
  for_each = local.zone_subnets

  route_table_id = aws_route_table.private[each.key].id
  subnet_id      = aws_subnet.private[each.key].id
}

# Image layers come from S3: without this every pull is paid for at the NAT gateway.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [for table in aws_route_table.private : table.id]
  tags              = { Name = "${var.cluster_name}-s3" }
}

resource "aws_cloudwatch_log_group" "flow" {
  name              = "/aws/vpc/${var.cluster_name}/flow"
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
    resources = ["${aws_cloudwatch_log_group.flow.arn}:*"]
  }
}

resource "aws_iam_role" "flow_log" {
  name_prefix        = "${substr(var.cluster_name, 0, 29)}-flow-"
  assume_role_policy = data.aws_iam_policy_document.flow_log_trust.json
}

resource "aws_iam_role_policy" "flow_log" {
  name   = "write-flow-logs"
  role   = aws_iam_role.flow_log.id
  policy = data.aws_iam_policy_document.flow_log.json
}
