/** cluster.tf of AKS Automatic: Azure runs the nodes too, so what is left are the network, the windows and who gets in. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { together } from '../../serverless-service/code.ts';
import { isThroughFirewall } from './addresses.ts';
import { WINDOWS } from './cluster.ts';
import { mountsSecrets } from './mounted-secrets.ts';
import { networkReady } from './network.ts';
import { hasAdvancedNetworking } from './network-profile.ts';
import { readsPodLogs } from './telemetry/logs.ts';

/** The version of the API that the template is written for. */
const API = '2025-10-01';

export function automaticCluster(input: ClusterInput): HclExpression {
  return together(FACTS, template(input), deployment(input), LOCK);
}

const FACTS = hcl`
locals {
  zones = ["1", "2", "3"]

  # What other files need to know of the cluster.
  cluster = {
    id                = data.azurerm_kubernetes_cluster.main.id
    name              = data.azurerm_kubernetes_cluster.main.name
    node_group        = data.azurerm_kubernetes_cluster.main.node_resource_group
    node_group_id     = data.azurerm_kubernetes_cluster.main.node_resource_group_id
    oidc_issuer_url   = data.azurerm_kubernetes_cluster.main.oidc_issuer_url
    kubelet_object_id = data.azurerm_kubernetes_cluster.main.kubelet_identity[0].object_id
  }

  is_private = length(var.api_allowed_cidrs) == 0
}
`;

function template(input: ClusterInput): HclExpression {
  const outbound = isThroughFirewall(input)
    ? hcl`outboundType      = "userDefinedRouting"`
    : hcl`outboundType      = "loadBalancer"
loadBalancerProfile = {
  allocatedOutboundPorts = 4096
  outboundIPPrefixes     = { publicIPPrefixes = [{ id = azurerm_public_ip_prefix.outbound.id }] }
}`;
  const advanced = hasAdvancedNetworking(input)
    ? hcl`

# Policies by name and path, and flows to be looked at: a paid add-on.
advancedNetworking = {
  enabled       = true
  observability = { enabled = true }
  security      = { enabled = true, advancedNetworkPolicies = "L7" }
}`
    : hcl``;
  return hcl`
locals {
  # The channel raises the version by itself; here it is raised afterwards, and a postcondition below asks for that.
  automatic_cluster = {
    type       = "Microsoft.ContainerService/managedClusters"
    apiVersion = ${API}
    name       = var.cluster_name
    location   = var.location
    tags       = local.tags
    sku        = { name = "Automatic", tier = "Standard" }

    identity = {
      type                   = "UserAssigned"
      userAssignedIdentities = { (azurerm_user_assigned_identity.cluster.id) = {} }
    }

    properties = {
      kubernetesVersion        = var.kubernetes_version
      dnsPrefix                = var.cluster_name
      nodeResourceGroup        = "\${var.cluster_name}-nodes"
      nodeResourceGroupProfile = { restrictionLevel = "ReadOnly" }
      diskEncryptionSetID      = var.disk_encryption_set_id
      nodeProvisioningProfile  = { mode = "Auto" }
      oidcIssuerProfile        = { enabled = true }
      storageProfile           = { diskCSIDriver = { enabled = true }, snapshotController = { enabled = true } }
      autoUpgradeProfile       = { upgradeChannel = "stable", nodeOSUpgradeChannel = "NodeImage" }

      # Nobody has a password or a certificate: people sign in with Entra, pods with tokens of their own.
      disableLocalAccounts = true
      aadProfile           = { managed = true, enableAzureRBAC = true }

      securityProfile = {
        workloadIdentity = { enabled = true }
        imageCleaner     = { enabled = true, intervalHours = 168 }
      }${addOns(input)}

      # The one pool that is named: add-ons of Azure run on it. All other nodes come and go with the pods.
      agentPoolProfiles = [{
        name         = "systempool"
        mode         = "System"
        count        = 3
        vnetSubnetID = local.subnets.nodes
      }]

      apiServerAccessProfile = {
        enablePrivateCluster           = local.is_private
        enablePrivateClusterPublicFQDN = false
        privateDNSZone                 = local.is_private ? "system" : null
        authorizedIPRanges             = local.is_private ? null : tolist(var.api_allowed_cidrs)
        enableVnetIntegration          = true
        subnetId                       = local.subnets.api_server
      }

      networkProfile = {
        networkPlugin     = "azure"
        networkPluginMode = "overlay"
        networkDataplane  = "cilium"
        networkPolicy     = "cilium"
        loadBalancerSku   = "standard"
        podCidr           = var.pod_cidr
        serviceCidr       = var.service_cidr
        dnsServiceIP      = cidrhost(var.service_cidr, 10)
        ${outbound}${advanced}
      }
    }
  }

  # When Azure may change something by itself; freezes hold back versions, and images go on.
  maintenance = {
    aksManagedAutoUpgradeSchedule = {
      day     = ${WINDOWS.upgrades.day}
      freezes = [for freeze in var.freezes : { start = substr(freeze.start, 0, 10), end = substr(freeze.end, 0, 10) }]
    }
    aksManagedNodeOSUpgradeSchedule = {
      day     = ${WINDOWS.images.day}
      freezes = []
    }
  }

  maintenance_configurations = [for name, window in local.maintenance : {
    type       = "Microsoft.ContainerService/managedClusters/maintenanceConfigurations"
    apiVersion = ${API}
    name       = "\${var.cluster_name}/\${name}"
    dependsOn  = [var.cluster_name]

    properties = {
      maintenanceWindow = {
        schedule        = { weekly = { intervalWeeks = 1, dayOfWeek = window.day } }
        startTime       = ${WINDOWS.upgrades.start}
        utcOffset       = "+00:00"
        durationHours   = 6
        notAllowedDates = window.freezes
      }
    }
  }]
}
`;
}

function addOns(input: ClusterInput): HclExpression {
  if (!mountsSecrets(input) && !readsPodLogs(input)) return hcl``;
  const each = together(mountsSecrets(input) ? MOUNTS : null, readsPodLogs(input) ? LOGS : null);
  return hcl`

addonProfiles = {
  ${each}
}`;
}

const MOUNTS = hcl`
# Mounts secrets of the vault into pods; it has no rights itself (secret-readers.tf).
azureKeyvaultSecretsProvider = {
  enabled = true
  config  = { enableSecretRotation = "true", rotationPollInterval = "2m" }
}`;

const LOGS = hcl`
# Reads what containers write, with an identity and without a key; pod-logs.tf says what is kept.
omsagent = {
  enabled = true
  config  = { logAnalyticsWorkspaceResourceID = azurerm_log_analytics_workspace.main.id, useAADAuth = "true" }
}`;

function deployment(input: ClusterInput): HclExpression {
  return hcl`
# This version of the provider has no resource for Automatic, so the cluster is made by a template of Azure. A plan shows
# what the template would change; what somebody changed by hand it shows only where a postcondition below looks for it.
resource "azurerm_resource_group_template_deployment" "cluster" {
  name                = "cluster"
  resource_group_name = azurerm_resource_group.main.name
  deployment_mode     = "Incremental"
  tags                = local.tags

  template_content = jsonencode({
    "$schema"      = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    contentVersion = "1.0.0.0"
    resources      = concat([local.automatic_cluster], local.maintenance_configurations)
  })

  lifecycle {
    prevent_destroy = true
  }

  depends_on = ${networkReady(input)}
}

data "azurerm_kubernetes_cluster" "main" {
  name                = var.cluster_name
  resource_group_name = azurerm_resource_group.main.name

  lifecycle {
    postcondition {
      condition     = self.network_profile[0].network_policy == "cilium"
      error_message = "The cluster does not enforce network policies any more."
    }

    postcondition {
      condition     = startswith(self.current_kubernetes_version, "\${var.kubernetes_version}.")
      error_message = "Azure has raised the minor: see that every component supports it, then write it into kubernetes_version."
    }

    postcondition {
      condition     = self.private_cluster_enabled == (length(var.api_allowed_cidrs) == 0)
      error_message = "Somebody has changed by hand who may reach the API."
    }

    postcondition {
      condition     = self.oidc_issuer_enabled && self.azure_active_directory_role_based_access_control[0].azure_rbac_enabled
      error_message = "People or pods could no longer prove who they are."
    }
  }

  depends_on = [azurerm_resource_group_template_deployment.cluster]
}
`;
}

const LOCK = hcl`
# Deletion begins with a pull request that takes this away.
resource "azurerm_management_lock" "cluster" {
  name       = "keep"
  scope      = local.cluster.id
  lock_level = "CanNotDelete"
  notes      = "Deleting the cluster begins with a pull request that takes this away."
}

# Entra alone decides who may do what in this mode; these groups may do everything.
resource "azurerm_role_assignment" "admins" {
  for_each = toset(var.admin_group_ids)

  scope                = local.cluster.id
  role_definition_name = "Azure Kubernetes Service RBAC Cluster Admin"
  principal_id         = each.value
  principal_type       = "Group"
}
`;
