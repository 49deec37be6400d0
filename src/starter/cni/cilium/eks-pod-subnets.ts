/** Subnets that Cilium gives pods addresses of on EKS, where they have some of their own. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';

/** Never announced to another network, so every cluster may have the same. */
export const POD_RANGE = '100.64.0.0/16';

/** In a network of the cluster's own. */
export function ownPodSubnets(range: string): HclExpression {
  return hcl`
# Addresses are scarce: pods get their own, which no other network has a route to.
resource "aws_vpc_ipv4_cidr_block_association" "pods" {
  vpc_id     = aws_vpc.main.id
  cidr_block = ${range}
}

resource "aws_subnet" "pods" {
  for_each = aws_subnet.private

  vpc_id            = aws_vpc_ipv4_cidr_block_association.pods.vpc_id
  availability_zone = each.key
  cidr_block        = cidrsubnet(aws_vpc_ipv4_cidr_block_association.pods.cidr_block, 2, index(local.zones, each.key))
  tags = {
    Name = "\${var.cluster_name}-pods-\${each.key}"
    pods = "cilium"
  }
}

resource "aws_route_table_association" "pods" {
  for_each = aws_subnet.pods

  subnet_id      = each.value.id
  route_table_id = aws_route_table.private[each.key].id
}
`;
}

/** In a network that somebody else makes. */
export const GIVEN_POD_SUBNETS = hcl`
variable "pod_subnet_ids" {
  description = "Private subnets for pods, by the name of their zone, with the routes of the nodes: one in each zone of node_subnet_ids. Tag: pods = cilium."
  type        = map(string)

  validation {
    condition     = alltrue([for subnet in values(var.pod_subnet_ids) : startswith(subnet, "subnet-")])
    error_message = "The id of a subnet begins with subnet-."
  }
}

# Found only where their tag says that they are for pods: Cilium finds them by the same one.
data "aws_subnets" "pods" {
  filter {
    name   = "subnet-id"
    values = values(var.pod_subnet_ids)
  }

  filter {
    name   = "vpc-id"
    values = [var.vpc_id]
  }

  filter {
    name   = "tag:pods"
    values = ["cilium"]
  }

  lifecycle {
    precondition {
      condition     = sort(keys(var.pod_subnet_ids)) == sort(keys(var.node_subnet_ids))
      error_message = "Pods need a subnet in each zone that has nodes, and in no other."
    }

    postcondition {
      condition     = length(self.ids) == length(var.pod_subnet_ids)
      error_message = "A subnet of the pods is not in this network, or lacks the tag pods = cilium."
    }
  }
}
`;
