/** Pools of AKS Standard that take the pods of one tenant alone. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { TENANT, tenantsWithNodes } from '../../tenant-isolation/spaces.ts';
import { isOverlay } from './addresses.ts';
import { followsChannel, isAutoscaled, machine } from './nodes.ts';

export function tenantPools(input: ClusterInput): HclExpression {
  const nodes = { vm_size: machine(input), min_size: 3, max_size: 6 };
  const tenants = Object.fromEntries(tenantsWithNodes(input).map(tenant => [tenant, nodes]));
  const size = isAutoscaled(input)
    ? hcl`auto_scaling_enabled        = true
min_count                   = each.value.min_size
max_count                   = each.value.max_size`
    : hcl`auto_scaling_enabled        = false
node_count                  = each.value.min_size`;
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
  ${size}
  zones                       = local.zones
  vnet_subnet_id              = local.subnets.nodes
  pod_subnet_id               = ${isOverlay(input) ? null : hcl`local.subnets.pods`}
  orchestrator_version        = ${followsChannel(input) ? null : hcl`var.kubernetes_version`}
  os_sku                      = "AzureLinux"
  os_disk_type                = "Managed"
  os_disk_size_gb             = 128
  host_encryption_enabled     = true
  max_pods                    = 110
  node_labels                 = { node-pool = "tenant", ${TENANT} = each.key }
  node_taints                 = ["${RAW}=\${each.key}:NoSchedule"]
  temporary_name_for_rotation = "r\${substr(md5(each.key), 0, 10)}"
  tags                        = local.tags

  upgrade_settings {
    max_surge                = "33%"
    drain_timeout_in_minutes = 30
  }
}
`;
}

/** Within a string of HCL. */
const RAW: HclExpression = { kind: 'expression', code: TENANT };
