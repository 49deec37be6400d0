/** A pool of AKS Standard whose nodes run pods in machines of their own: Pod Sandboxing, by Kata. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Sandbox } from '../../foundation.ts';
import type { StarterInput } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import { isOverlay } from './addresses.ts';
import { followsChannel, isAutoscaled } from './pool-settings.ts';

/** The version of the API that the template is written for. */
const API = '2025-10-01';

export function isSandboxed({ stack }: StarterInput): boolean {
  return pickOf(stack, 'tenant-isolation') === 'sandbox';
}

export const AKS_SANDBOX: Sandbox = {
  runtimeClass: 'kata-vm-isolation',
  kind: 'kata',
  neither: ', and Microsoft Defender does not assess such pods',
  broughtBy: 'AKS brings that class along with the pool `sandbox` of infra/aks, whose nodes run such pods.',
  objects: {},
};

export function sandboxPool(input: ClusterInput): HclExpression {
  const scaled = isAutoscaled(input)
    ? hcl`
      enableAutoScaling = true
      minCount          = var.sandbox_nodes.min_size
      maxCount          = var.sandbox_nodes.max_size`
    : hcl`
      enableAutoScaling = false`;
  const subnet = isOverlay(input)
    ? hcl``
    : hcl`
      podSubnetID       = local.subnets.pods`;
  const version = followsChannel(input)
    ? hcl``
    : hcl`
      orchestratorVersion = var.kubernetes_version`;
  return hcl`
variable "sandbox_nodes" {
  description = "Nodes for pods in the sandbox, over all zones. Their machines have to be of a kind that runs machines within it."
  type = object({
    vm_size  = string
    min_size = number
    max_size = number
  })
  default = {
    vm_size  = "Standard_D4s_v5"
    min_size = 3
    max_size = 6
  }

  validation {
    condition     = var.sandbox_nodes.min_size >= 3
    error_message = "One node per zone at least: the loss of one must go unnoticed."
  }
}

# This version of the provider does not know the runtime, so the pool is made by a template of Azure.
resource "azurerm_resource_group_template_deployment" "sandbox" {
  name                = "sandbox-pool"
  resource_group_name = azurerm_resource_group.main.name
  deployment_mode     = "Incremental"
  tags                = local.tags

  template_content = jsonencode({
    "$schema"      = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    contentVersion = "1.0.0.0"
    resources = [{
      type       = "Microsoft.ContainerService/managedClusters/agentPools"
      apiVersion = ${API}
      name       = "\${azurerm_kubernetes_cluster.main.name}/sandbox"

      properties = {
        mode                   = "User"
        type                   = "VirtualMachineScaleSets"
        osType                 = "Linux"
        osSKU                  = "AzureLinux"
        workloadRuntime        = "KataVmIsolation"
        vmSize                 = var.sandbox_nodes.vm_size
        count                  = var.sandbox_nodes.min_size
        availabilityZones      = local.zones
        vnetSubnetID           = local.subnets.nodes
        osDiskType             = "Managed"
        osDiskSizeGB           = 128
        enableEncryptionAtHost = true
        maxPods                = 110
        nodeLabels             = { node-pool = "sandbox" }
        upgradeSettings        = { maxSurge = "33%", drainTimeoutInMinutes = 30 }${scaled}${subnet}${version}
      }
    }]
  })
}
`;
}
