/** network.tf in a network that somebody else makes: what is asked of it is checked before anything is made. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { StarterInput } from '../../part.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { FIREWALL_SEEN, NOTHING_LEAVES } from './firewall-seen.ts';
import { isAutoMode, NOTHING } from './mode.ts';
import { isOwnControlPlane } from './trust.ts';

export function standsInExistingNetwork({ stack }: StarterInput): boolean {
  return pickOf(stack, 'network') === 'existing-network';
}

/** Whether its owner gives pods subnets apart from those of the nodes. */
export function givesPodsSubnets(input: StarterInput): boolean {
  return (
    standsInExistingNetwork(input) &&
    !isOwnControlPlane(input) &&
    pickOf(input.stack, 'cni') === 'cilium' &&
    answerOf(input.stack, 'ip-space') === 'scarce'
  );
}

export function existingNetwork(input: ClusterInput): HclExpression {
  const own = isOwnControlPlane(input);
  const closed = wayOut(input) === 'none';
  const apart = !isAutoMode(input) && !own;
  return hcl`
variable "vpc_id" {
  description = "The network that the cluster stands in; it is made and changed elsewhere, and vpc_cidr is its range."
  type        = string

  validation {
    condition     = startswith(var.vpc_id, "vpc-")
    error_message = "The id of a VPC begins with vpc-."
  }
}

variable "node_subnet_ids" {
  description = "Private subnets for ${givesPodsSubnets(input) || own ? ALONE : WITH_PODS}, by the name of their zone: one in each of three zones. Tags: cluster = cluster_name, kubernetes.io/role/internal-elb = 1."
  type        = map(string)

  validation {
    condition     = length(var.node_subnet_ids) == 3 && length(distinct(values(var.node_subnet_ids))) == 3
    error_message = "Three zones with a subnet each: the loss of one takes nothing that another one needs."
  }

  validation {
    condition     = alltrue([for subnet in values(var.node_subnet_ids) : startswith(subnet, "subnet-")])
    error_message = "The id of a subnet begins with subnet-."
  }
}

${apart ? VARIABLE : NOTHING}locals {
${own ? ofMachines(input) : ofNodes(apart ? IDS : SAME)}}

# Found only where their tags say that they belong to this cluster: controllers find them by the same tags.
data "aws_subnets" "node" {
  filter {
    name   = "subnet-id"
    values = values(var.node_subnet_ids)
  }

  filter {
    name   = "vpc-id"
    values = [var.vpc_id]
  }

  filter {
    name   = "tag:cluster"
    values = [var.cluster_name]
  }

  filter {
    name   = "tag:kubernetes.io/role/internal-elb"
    values = ["1"]
  }

  lifecycle {
    postcondition {
      condition     = length(self.ids) == 3
      error_message = "A node subnet is not in this network, or lacks the tag cluster or kubernetes.io/role/internal-elb."
    }
  }
}

${apart ? SUBNETS : NOTHING}${closed ? OF_THIS_ACCOUNT : PUBLIC}${SEEN[wayOut(input)] ?? NOTHING}`;
}

const SEEN: Readonly<Record<string, HclExpression>> = { firewall: FIREWALL_SEEN, none: NOTHING_LEAVES };

const PUBLIC = hcl`# Where public load balancers stand.
data "aws_subnets" "public" {
  filter {
    name   = "vpc-id"
    values = [var.vpc_id]
  }

  filter {
    name   = "tag:kubernetes.io/role/elb"
    values = ["1"]
  }

  lifecycle {
    postcondition {
      condition     = length(self.ids) >= 3
      error_message = "The network has no public subnet in three zones with the tag kubernetes.io/role/elb = 1."
    }
  }
}
`;

/** Endpoints and the private zone are made here, and only in a network of this account they can be. */
const OF_THIS_ACCOUNT = hcl`data "aws_vpc" "given" {
  id = var.vpc_id

  lifecycle {
    postcondition {
      condition     = self.owner_id == var.account_id
      error_message = "This network is shared from another account: endpoints and private names can be made there alone. Ask for a network of this account."
    }

    postcondition {
      condition     = self.enable_dns_support && self.enable_dns_hostnames
      error_message = "Endpoints have no names in a network without enable_dns_support and enable_dns_hostnames."
    }
  }
}
`;

const ALONE: HclExpression = { kind: 'expression', code: 'nodes' };
const WITH_PODS: HclExpression = { kind: 'expression', code: 'nodes and pods' };
const ofMachines = (input: ClusterInput): HclExpression => {
  if (pickOf(input.stack, 'distribution') === 'openshift') return OF_INSTALLER;
  return wayOut(input) === 'none' ? OF_CLOSED_MACHINES : OF_MACHINES;
};
const ofNodes = (ids: HclExpression) => hcl`  zones                    = sort(keys(var.node_subnet_ids))
  vpc_id                   = var.vpc_id
  node_subnet_ids          = sort(data.aws_subnets.node.ids)
  control_plane_subnet_ids = ${ids}
`;

/** The installer of OpenShift is told the subnets one by one. */
const OF_INSTALLER = hcl`  zones           = sort(keys(var.node_subnet_ids))
  vpc_id          = var.vpc_id
  node_subnet_ids = sort(data.aws_subnets.node.ids)
`;
/** That an address lies in the subnet of its zone is held by AWS when it makes the machine. */
const OF_MACHINES = hcl`  zones             = sort(keys(var.node_subnet_ids))
  vpc_id            = var.vpc_id
  node_subnet_ids   = sort(data.aws_subnets.node.ids)
  public_subnet_ids = data.aws_subnets.public.ids
  subnets           = { for zone, id in var.node_subnet_ids : zone => { id = id, cidr = var.vpc_cidr } }
`;
const OF_CLOSED_MACHINES = hcl`  zones           = sort(keys(var.node_subnet_ids))
  vpc_id          = var.vpc_id
  node_subnet_ids = sort(data.aws_subnets.node.ids)
  subnets         = { for zone, id in var.node_subnet_ids : zone => { id = id, cidr = var.vpc_cidr } }
`;
const IDS = hcl`sort(data.aws_subnets.control_plane.ids)`;
const SAME = hcl`local.node_subnet_ids`;

const VARIABLE = hcl`variable "control_plane_subnet_ids" {
  description = "Subnets for the interfaces of the control plane, in at least two zones; /28 is enough."
  type        = set(string)

  validation {
    condition     = length(var.control_plane_subnet_ids) >= 2
    error_message = "EKS wants subnets in two zones at least."
  }
}

`;

const SUBNETS = hcl`data "aws_subnets" "control_plane" {
  filter {
    name   = "subnet-id"
    values = var.control_plane_subnet_ids
  }

  filter {
    name   = "vpc-id"
    values = [var.vpc_id]
  }

  lifecycle {
    postcondition {
      condition     = length(self.ids) == length(var.control_plane_subnet_ids)
      error_message = "A subnet of the control plane is not in this network."
    }
  }
}

`;
