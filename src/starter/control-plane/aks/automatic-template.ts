/** What Azure is asked for to make a cluster of AKS Automatic, and the windows in which it changes it. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { mountsFromCloud } from '../../secrets/source.ts';
import { together } from '../../serverless-service/code.ts';
import { isThroughFirewall } from './addresses.ts';
import { WINDOWS } from './cluster.ts';
import { hasAdvancedNetworking } from './network-profile.ts';
import { readsPodLogs } from './telemetry/logs.ts';

/** The version of the API that the template is written for. */
const API = '2025-10-01';

export function automaticTemplate(input: ClusterInput): HclExpression {
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
  if (!mountsFromCloud(input) && !readsPodLogs(input)) return hcl``;
  const each = together(mountsFromCloud(input) ? MOUNTS : null, readsPodLogs(input) ? LOGS : null);
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
