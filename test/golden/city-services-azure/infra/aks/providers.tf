# Follows ADR-0002 (docs/adr/0002-control-plane-managed-control-plane-own-node-pools-eks-aks-gke-standard.md).
# The subscription is part of what is reviewed, not of who runs it.

provider "azurerm" {
  subscription_id     = var.subscription_id
  storage_use_azuread = true

  # Services of Azure that a subscription offers only once it was asked for them.
  resource_providers_to_register = [
    "Microsoft.AlertsManagement",
    "Microsoft.DataProtection",
    "Microsoft.KubernetesConfiguration",
    "Microsoft.Monitor",
  ]

  features {
    resource_group {
      prevent_deletion_if_contains_resources = true
    }

    # The storage account has no keys and answers the cluster alone.
    storage {
      data_plane_available = false
    }
  }
}

data "azurerm_client_config" "current" {}

locals {
  tags = {
    cluster     = var.cluster_name
    environment = var.environment
    managed-by  = "terraform"
  }

  dns_zone_group = "/subscriptions/${var.subscription_id}/resourceGroups/${var.dns_zone_group}"
  dns_zone       = "${local.dns_zone_group}/providers/Microsoft.Network/dnsZones/${var.dns_zone}"
}

output "dns_zone_id" {
  description = "Zone that the cluster's names lie in."
  value       = local.dns_zone
}

resource "azurerm_resource_group" "main" {
  name     = var.cluster_name
  location = var.location
  tags     = local.tags
}
