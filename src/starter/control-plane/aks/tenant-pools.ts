/** Pools of AKS Standard that take the pods of one tenant alone. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { TENANT, tenantsWithNodes } from '../../tenant-isolation/spaces.ts';
import { kernelOfPool } from './kernel.ts';
import { MACHINES, machine, network, size, UPGRADES } from './pool-settings.ts';

export function tenantPools(input: ClusterInput): HclExpression {
  const nodes = { vm_size: machine(input), min_size: 3, max_size: 6 };
  const tenants = Object.fromEntries(tenantsWithNodes(input).map(tenant => [tenant, nodes]));
  return hcl`
variable "tenant_nodes" {
  description = "Nodes of each tenant over all zones, which take its pods alone."
  type = map(object({
    vm_size  = string
    min_size = number
    max_size = number
  }))
  default = ${tenants}

  validation {
    condition     = alltrue([for nodes in values(var.tenant_nodes) : nodes.min_size >= 3])
    error_message = "One node per zone at least: the loss of one must go unnoticed."
  }
}

# Twelve characters are all that the name of a pool may have, so it is made from that of the tenant.
resource "azurerm_kubernetes_cluster_node_pool" "tenant" {
  for_each = var.tenant_nodes

  name                        = "t\${substr(md5(each.key), 0, 10)}"
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.main.id
  mode                        = "User"
  vm_size                     = each.value.vm_size
  ${size(input, 'each.value')}
  zones                       = local.zones
  ${network(input)}
  os_sku                      = "AzureLinux"
  ${MACHINES}
  node_labels                 = { node-pool = "tenant", ${TENANT} = each.key }
  node_taints                 = ["${RAW}=\${each.key}:NoSchedule"]
  temporary_name_for_rotation = "r\${substr(md5(each.key), 0, 10)}"
  tags                        = local.tags

  ${UPGRADES}${kernelOfPool(input)}
}
`;
}

/** Within a string of HCL. */
const RAW: HclExpression = { kind: 'expression', code: TENANT };
