/** The pools of AKS Standard: one for the platform, one per zone for the workloads, and one for each kind of node that is asked for. */
import { type HclExpression, hcl, hclIdentifier } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { NodePool } from '../../node-pool.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { together } from '../../serverless-service/code.ts';
import { tenantsWithNodes } from '../../tenant-isolation/spaces.ts';
import { isOverlay } from './addresses.ts';
import { tenantPools } from './tenant-pools.ts';

/** Without a stated architecture the one that every image exists for. */
export function machine({ stack }: ClusterInput): string {
  return answerOf(stack, 'architecture') === 'arm64' ? 'Standard_D4ps_v5' : 'Standard_D4s_v5';
}

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

export function isAutoscaled({ stack }: ClusterInput): boolean {
  return pickOf(stack, 'autoscaling') === 'provider-autoscaling';
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
`;
}

/** Three attributes that a pool has with an autoscaler and without one. */
function size(input: ClusterInput, pool: string): HclExpression {
  const min: HclExpression = { kind: 'expression', code: `${pool}.min_size` };
  const max: HclExpression = { kind: 'expression', code: `${pool}.max_size` };
  return isAutoscaled(input)
    ? hcl`auto_scaling_enabled        = true
min_count                   = ${min}
max_count                   = ${max}`
    : hcl`auto_scaling_enabled        = false
node_count                  = ${min}`;
}

/** Within the cluster. */
export function systemPool(input: ClusterInput): HclExpression {
  return hcl`default_node_pool {
  name                        = "system"
  vm_size                     = var.system_nodes.vm_size
  ${size(input, 'var.system_nodes')}
  zones                       = local.zones
  vnet_subnet_id              = local.subnets.nodes
  pod_subnet_id               = ${isOverlay(input) ? null : hcl`local.subnets.pods`}
  orchestrator_version        = ${followsChannel(input) ? null : hcl`var.kubernetes_version`}
  os_sku                      = "AzureLinux"
  os_disk_type                = "Managed"
  os_disk_size_gb             = 128
  host_encryption_enabled     = true
  max_pods                    = 110
  temporary_name_for_rotation = "systemnew"

  # Taints the pool, so that the platform and the add-ons of AKS are alone here.
  only_critical_addons_enabled = true

  upgrade_settings {
    max_surge                = "33%"
    drain_timeout_in_minutes = 30
  }
}`;
}

/** Whether AKS raises the minor by itself. */
export function followsChannel({ stack }: ClusterInput): boolean {
  return pickOf(stack, 'upgrades') === 'release-channel';
}

interface Kind {
  readonly name: string;
  readonly says: string;
  readonly machine: string;
  readonly label: string;
  readonly taint: string;
  readonly system: 'Linux' | 'Windows';
  readonly priority: 'Regular' | 'Spot';
}

function kinds({ stack }: ClusterInput): readonly Kind[] {
  const work = answerOf(stack, 'workload-kinds');
  const linux = { system: 'Linux', priority: 'Regular' } as const;
  return [
    ...(Array.isArray(work) && work.includes('gpu')
      ? [
          {
            ...linux,
            name: 'gpu',
            says: 'Only pods that ask for a GPU and tolerate the taint come here.',
            machine: 'Standard_NC4as_T4_v3',
            label: 'gpu',
            taint: 'nvidia.com/gpu=present:NoSchedule',
          },
        ]
      : []),
    ...(answerOf(stack, 'architecture') === 'both'
      ? [
          {
            ...linux,
            name: 'arm',
            says: 'Only pods whose image exists for ARM tolerate the taint.',
            machine: 'Standard_D4ps_v5',
            label: 'arm',
            taint: 'kubernetes.io/arch=arm64:NoSchedule',
          },
        ]
      : []),
    ...(answerOf(stack, 'windows') === 'yes'
      ? [
          {
            name: 'win',
            says: 'Windows beside Linux: its pods say so by selector and toleration.',
            machine: 'Standard_D4s_v5',
            label: 'windows',
            taint: 'os=windows:NoSchedule',
            system: 'Windows',
            priority: 'Regular',
          } as const,
        ]
      : []),
    ...(answerOf(stack, 'interruptible') === 'yes'
      ? [
          {
            name: 'spot',
            says: 'Cheaper, and taken away at any time: only work that may be interrupted tolerates the taint.',
            machine: 'Standard_D4s_v5',
            label: 'spot',
            taint: 'kubernetes.azure.com/scalesetpriority=spot:NoSchedule',
            system: 'Linux',
            priority: 'Spot',
          } as const,
        ]
      : []),
  ];
}

export function workloadPools(input: ClusterInput): HclExpression {
  const none = hcl`null`;
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
  vnet_subnet_id              = local.subnets.nodes
  pod_subnet_id               = ${isOverlay(input) ? none : hcl`local.subnets.pods`}
  orchestrator_version        = ${followsChannel(input) ? none : hcl`var.kubernetes_version`}
  os_sku                      = "AzureLinux"
  os_disk_type                = "Managed"
  os_disk_size_gb             = 128
  host_encryption_enabled     = true
  max_pods                    = 110
  node_labels                 = { node-pool = "workload" }
  temporary_name_for_rotation = "wlnew\${each.key}"
  tags                        = local.tags

  upgrade_settings {
    max_surge                = "33%"
    drain_timeout_in_minutes = 30
  }
}
`,
    ...kinds(input).map(kind => pool(input, kind)),
    ...(tenantsWithNodes(input).length === 0 ? [] : [tenantPools(input)]),
  );
}

/** Starts with no node where an autoscaler adds them, with one where nobody does. */
function pool(input: ClusterInput, kind: Kind): HclExpression {
  const scaled = isAutoscaled(input)
    ? hcl`auto_scaling_enabled        = true
min_count                   = 0
max_count                   = 6`
    : hcl`auto_scaling_enabled        = false
node_count                  = 1`;
  const spot =
    kind.priority === 'Spot'
      ? hcl`
priority                    = "Spot"
eviction_policy             = "Delete"
spot_max_price              = -1`
      : hcl``;
  const upgrade =
    kind.priority === 'Spot'
      ? hcl``
      : hcl`

upgrade_settings {
  max_surge                = "33%"
  drain_timeout_in_minutes = 30
}`;
  return hcl`
# ${{ kind: 'expression', code: kind.says }}
resource "azurerm_kubernetes_cluster_node_pool" ${hclIdentifier(kind.name)} {
  name                        = ${kind.name}
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.main.id
  mode                        = "User"${spot}
  vm_size                     = ${kind.machine}
  ${scaled}
  zones                       = local.zones
  vnet_subnet_id              = local.subnets.nodes
  pod_subnet_id               = ${isOverlay(input) ? null : hcl`local.subnets.pods`}
  orchestrator_version        = ${followsChannel(input) ? null : hcl`var.kubernetes_version`}
  os_type                     = ${kind.system}
  os_sku                      = ${kind.system === 'Windows' ? 'Windows2022' : 'AzureLinux'}
  os_disk_type                = "Managed"
  os_disk_size_gb             = 128
  host_encryption_enabled     = true
  max_pods                    = 110
  node_labels                 = { node-pool = ${kind.label} }
  node_taints                 = [${kind.taint}]
  temporary_name_for_rotation = ${`${kind.name}n`}
  tags                        = local.tags${upgrade}
}
`;
}
