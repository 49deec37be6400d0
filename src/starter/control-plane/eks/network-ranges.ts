/** How the range of a network is divided among its subnets, and which of them carry nodes. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Way } from '../../egress/way-out/way.ts';
import { transitRange, WITH_TRANSIT } from './firewall.ts';
import { NOTHING } from './mode.ts';

/** Machines that run the control plane themselves need no subnets for its interfaces. */
export type SubnetsOf = 'nodes' | 'nodes-and-interfaces' | 'machines' | 'machines-of-installer';

export function rangesOf(subnets: SubnetsOf, zones: HclExpression, way: Way): HclExpression {
  const apart = subnets === 'nodes-and-interfaces';
  return hcl`locals {
  zones = ${zones}

  # A quarter per zone for nodes and pods; the last quarter holds what is small.
  quarters = cidrsubnets(var.vpc_cidr, 2, 2, 2, 2)
  rest     = cidrsubnets(local.quarters[3], ${way === 'nat' ? SIX : WITH_TRANSIT})

${subnets === 'machines-of-installer' ? OF_INSTALLER : subnets === 'machines' ? machinesOf(way) : NODES}${apart ? IDS : subnets === 'nodes' ? SAME : NOTHING}

  zone_subnets = {
    for index, zone in local.zones : zone => {
${way === 'none' ? privateRanges(apart) : apart ? THREE_RANGES : TWO_RANGES}${way === 'nat' ? NOTHING : transitRange(apart ? 'wide' : 'narrow')}    }
  }
}

`;
}

const SIX: HclExpression = { kind: 'expression', code: '3, 3, 3, 3, 3, 3' };
const machinesOf = (way: Way) => (way === 'none' ? MACHINES_ALONE : MACHINES);
const MACHINES_ALONE = hcl`  vpc_id          = aws_vpc.main.id
  node_subnet_ids = [for subnet in aws_subnet.private : subnet.id]
  subnets         = { for zone, subnet in aws_subnet.private : zone => { id = subnet.id, cidr = subnet.cidr_block } }`;
const MACHINES = hcl`  vpc_id            = aws_vpc.main.id
  node_subnet_ids   = [for subnet in aws_subnet.private : subnet.id]
  public_subnet_ids = [for subnet in aws_subnet.public : subnet.id]
  subnets           = { for zone, subnet in aws_subnet.private : zone => { id = subnet.id, cidr = subnet.cidr_block } }`;
/** Which of them it takes it is told one by one. */
const OF_INSTALLER = hcl`  vpc_id          = aws_vpc.main.id
  node_subnet_ids = [for subnet in aws_subnet.private : subnet.id]`;
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
