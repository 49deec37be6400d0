/** The pools of AKS Standard: one for the platform, one per zone for the workloads, and one for each kind of node that is asked for. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { NodePool } from '../../node-pool.ts';
import { together } from '../../serverless-service/code.ts';
import { tenantsWithNodes } from '../../tenant-isolation/spaces.ts';
import { kernelOfPool, kernelVariable } from './kernel.ts';
import { MACHINES, machine, network, size, UPGRADES } from './pool-settings.ts';
import { isSandboxed, sandboxPool } from './sandbox.ts';
import { specialPools } from './special-pools.ts';
import { tenantPools } from './tenant-pools.ts';

/** What AKS leaves of four processors and 16 GiB: 140 millicores, 20 MiB per pod and 50, and what it evicts at. */
export function nodePools(input: ClusterInput): readonly NodePool[] {
  const allocatable = { millicores: 3860, mebibytes: 13_400, pods: 110 };
  return (['system', 'workload'] as const).map(pool => ({
    pool,
    machine: machine(input),
    nodes: 3,
    zones: 3,
    allocatable,
  }));
}

export function nodeVariables(input: ClusterInput): HclExpression {
  return hcl`
variable "system_nodes" {
  description = "Nodes of the platform itself, spread over the zones."
  type = object({
    vm_size  = string
    min_size = number
    max_size = number
  })
  default = {
    vm_size  = ${machine(input)}
    min_size = 3
    max_size = 6
  }

  validation {
    condition     = var.system_nodes.min_size >= 3
    error_message = "One node per zone at least: the loss of one must go unnoticed."
  }
}

variable "workload_nodes" {
  description = "Nodes of the workloads, in each of the three zones."
  type = object({
    vm_size  = string
    min_size = number
    max_size = number
  })
  default = {
    vm_size  = ${machine(input)}
    min_size = 1
    max_size = 4
  }

  validation {
    condition     = var.workload_nodes.min_size >= 1
    error_message = "One node per zone at least: the loss of one must go unnoticed."
  }
}
${kernelVariable(input)}`;
}

/** Within the cluster. */
export function systemPool(input: ClusterInput): HclExpression {
  return hcl`default_node_pool {
  name                        = "system"
  vm_size                     = var.system_nodes.vm_size
  ${size(input, 'var.system_nodes')}
  zones                       = local.zones
  ${network(input)}
  os_sku                      = "AzureLinux"
  ${MACHINES}
  temporary_name_for_rotation = "systemnew"

  # Taints the pool, so that the platform and the add-ons of AKS are alone here.
  only_critical_addons_enabled = true

  ${UPGRADES}${kernelOfPool(input)}
}`;
}

export function workloadPools(input: ClusterInput): HclExpression {
  return together(
    hcl`
# One pool per zone: a disk binds its pod to a zone, and only so can a node be added in just that one.
resource "azurerm_kubernetes_cluster_node_pool" "workload" {
  for_each = toset(local.zones)

  name                        = "workload\${each.key}"
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.main.id
  mode                        = "User"
  vm_size                     = var.workload_nodes.vm_size
  ${size(input, 'var.workload_nodes')}
  zones                       = [each.key]
  ${network(input)}
  os_sku                      = "AzureLinux"
  ${MACHINES}
  node_labels                 = { node-pool = "workload" }
  temporary_name_for_rotation = "wlnew\${each.key}"
  tags                        = local.tags

  ${UPGRADES}${kernelOfPool(input)}
}
`,
    ...specialPools(input),
    ...(tenantsWithNodes(input).length === 0 ? [] : [tenantPools(input)]),
    ...(isSandboxed(input) ? [sandboxPool(input)] : []),
  );
}
