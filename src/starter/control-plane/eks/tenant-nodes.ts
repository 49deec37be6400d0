/** Groups of nodes that take the pods of one tenant alone. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { TENANT } from '../../tenant-isolation/spaces.ts';
import { type CommonToGroups, nodeGroup, type Scaling } from './node-group.ts';

export function tenantGroups(scaling: Scaling, common: CommonToGroups): HclExpression {
  const size = (limit: 'min_size' | 'max_size') => {
    const whole: HclExpression = {
      kind: 'expression',
      code: `var.tenant_nodes[each.value.tenant].${limit}`,
    };
    return scaling === 'by-hand' ? whole : hcl`ceil(${whole} / length(local.zones))`;
  };
  return hcl`
locals {
  # The Cluster Autoscaler needs a group per zone; by hand one over all of them is enough.
  tenant_groups = ${scaling === 'by-hand' ? OVER_ZONES : PER_ZONE}
}

${nodeGroup({
  ...common,
  label: 'tenant',
  over: {
    each: hcl`  for_each = local.tenant_groups

`,
    name: hcl`"\${substr("tenant-\${each.key}", 0, 36)}-"`,
    subnets: hcl`each.value.subnets`,
  },
  machines: hcl`var.tenant_nodes[each.value.tenant].instance_types`,
  labels: hcl`{ node-pool = "tenant", ${TENANT} = each.value.tenant }`,
  sizes: { min: size('min_size'), max: size('max_size') },
  taint: TAINT,
})}`;
}

const OVER_ZONES = hcl`{
  for tenant in keys(var.tenant_nodes) : tenant => { tenant = tenant, subnets = local.node_subnet_ids }
}`;
const PER_ZONE = hcl`merge([
  for tenant in keys(var.tenant_nodes) : {
    for zone in local.zones : "\${tenant}-\${zone}" => { tenant = tenant, subnets = [local.node_subnet_by_zone[zone]] }
  }
]...)`;
const TAINT = hcl`
  taint {
    key    = ${TENANT}
    value  = each.value.tenant
    effect = "NO_SCHEDULE"
  }
`;

/** The variable that says how many each tenant has. */
export function tenantVariable(tenants: readonly string[], machine: string): HclExpression {
  const nodes = { instance_types: [machine], min_size: 3, max_size: 6 };
  return hcl`variable "tenant_nodes" {
  description = "Nodes of each tenant, which take its pods alone. One per zone at least, or the loss of a zone takes the tenant along."
  type = map(object({
    instance_types = list(string)
    min_size       = number
    max_size       = number
  }))
  default = ${Object.fromEntries(tenants.map(tenant => [tenant, nodes]))}

  validation {
    condition     = alltrue([for nodes in values(var.tenant_nodes) : nodes.min_size >= 3])
    error_message = "One node per zone at least: the loss of one must go unnoticed."
  }
}

`;
}
